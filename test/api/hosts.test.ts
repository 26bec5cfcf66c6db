import { runExamples } from "./support/examples.ts";

runExamples("hosts", ["listHosts", "addHost", "scanHost", "showHost", "checkHost", "changeHost", "removeHost", "showSshKey"]);
