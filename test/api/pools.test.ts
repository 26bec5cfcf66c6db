import { runExamples } from "./support/examples.ts";

runExamples("pools", ["listPools", "definePool", "showPool", "switchPool", "removePool"]);
