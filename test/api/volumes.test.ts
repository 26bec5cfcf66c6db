import { runExamples } from "./support/examples.ts";

runExamples("volumes", [
  "listVolumes",
  "createVolume",
  "adoptVolume",
  "showVolume",
  "deleteVolume",
  "listVolumeAttachments",
  "attachVolume",
  "showVolumeAttachment",
  "detachVolume",
]);
