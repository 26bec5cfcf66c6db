import { runExamples } from "./support/examples.ts";

runExamples("services", ["listServices", "updateService", "deleteService"]);
