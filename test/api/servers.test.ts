import { runExamples } from "./support/examples.ts";

runExamples("servers", ["listServers", "listServersDetail", "showServer"]);
