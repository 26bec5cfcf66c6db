import { runExamples } from "./support/examples.ts";

runExamples("tenant usage", ["listTenantUsages", "showTenantUsage"]);
