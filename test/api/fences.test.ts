import { runExamples } from "./support/examples.ts";

runExamples("fences", ["fenceHost", "showFence"]);
