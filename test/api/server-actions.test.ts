import { runExamples } from "./support/examples.ts";

runExamples("server-actions", ["serverAction", "deleteServer"]);
