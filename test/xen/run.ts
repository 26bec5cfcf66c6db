/**
 * `npm run test:xen`: two real Xen hosts under emulation, and a guest that moves between them. Builds what it needs first (kept for the next time);
 * says why when this machine cannot, and fails then too.
 */
import { runInOrder } from "../../scripts/run-in-order.ts";

await runInOrder([
  ["node", "test/xen/build.ts"],
  ["vitest", "run", "--project", "xen", "--reporter", "verbose"],
]);
