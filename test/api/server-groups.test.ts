import { runExamples } from "./support/examples.ts";

runExamples("server groups", ["listServerGroups", "createServerGroup", "showServerGroup", "deleteServerGroup"]);
