import { runExamples } from "./support/examples.ts";

runExamples("os-hosts", [
  "listComputeHosts",
  "showComputeHost",
  "updateComputeHost",
  "startupComputeHost",
  "shutdownComputeHost",
  "rebootComputeHost",
]);
