import { runExamples } from "./support/examples.ts";

runExamples("versions", ["listVersions", "showVersion", "showLegacyVersion"]);
