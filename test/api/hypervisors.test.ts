import { runExamples } from "./support/examples.ts";

runExamples("hypervisors", ["listHypervisors", "listHypervisorsDetail", "showHypervisor"]);
