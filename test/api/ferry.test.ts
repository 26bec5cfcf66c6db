import { runExamples } from "./support/examples.ts";

runExamples("ferry", ["preflight", "showMigration", "streamEvents", "health", "openapi", "showDocs", "showDocsFile"]);
