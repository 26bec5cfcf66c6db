import { runExamples } from "./support/examples.ts";

runExamples("extensions", [
  "listExtensions",
  "showExtension",
  "listAgents",
  "createAgent",
  "updateAgent",
  "deleteAgent",
  "listCells",
  "listFpings",
]);
