import { runExamples } from "./support/examples.ts";

runExamples("key pairs", ["listKeyPairs", "createKeyPair", "showKeyPair", "deleteKeyPair"]);
