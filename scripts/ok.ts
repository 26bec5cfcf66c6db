/** Format, lint, import directions, types, generated files and the quick tests, in that order; stops at the first that fails. */
import { runInOrder } from "./run-in-order.ts";

await runInOrder([
  ["biome", "check", "--error-on-warnings", "."],
  ["tsc", "-p", "."],
  ["node", "scripts/check-generated.ts"],
  ["vitest", "run", "--project", "unit"],
]);
