import { runExamples } from "./support/examples.ts";

runExamples("flavors", [
  "listFlavors",
  "listFlavorsDetail",
  "showFlavor",
  "createFlavor",
  "updateFlavor",
  "deleteFlavor",
  "listFlavorExtraSpecs",
  "setFlavorExtraSpecs",
  "showFlavorExtraSpec",
  "setFlavorExtraSpec",
  "removeFlavorExtraSpec",
  "listFlavorAccess",
  "flavorAction",
]);
