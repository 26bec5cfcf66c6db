import { runExamples } from "./support/examples.ts";

runExamples("server details", [
  "listServerMetadata",
  "updateServerMetadata",
  "replaceServerMetadata",
  "showServerMetadataItem",
  "updateServerMetadataItem",
  "deleteServerMetadataItem",
  "listServerTags",
  "replaceServerTags",
  "deleteServerTags",
  "checkServerTag",
  "addServerTag",
  "deleteServerTag",
  "listServerAddresses",
  "showServerAddresses",
]);
