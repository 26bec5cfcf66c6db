import { runExamples } from "./support/examples.ts";

runExamples("migrations", ["listServerMigrations", "showServerMigration", "abortServerMigration", "listMigrations"]);
