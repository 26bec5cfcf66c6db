import { runExamples } from "./support/examples.ts";

runExamples("servers", ["createServer", "listServers", "listServersDetail", "showServer", "updateServer"]);
