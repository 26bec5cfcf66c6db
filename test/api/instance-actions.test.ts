import { runExamples } from "./support/examples.ts";

runExamples("instance-actions", ["listInstanceActions", "showInstanceAction"]);
