import { runExamples } from "./support/examples.ts";

runExamples("flavors", ["listFlavors", "listFlavorsDetail", "showFlavor", "createFlavor", "deleteFlavor", "listFlavorExtraSpecs"]);
