/**
 * `npm run test:xen`: two real Xen hosts under emulation, and a guest that moves between them. Builds what it needs first (kept for the next time);
 * says why when this machine cannot, and fails then too.
 */
import { spawnSync } from "node:child_process";
import { repositoryRoot, toolEnvironment } from "../../scripts/run-in-order.ts";
import { buildXen } from "./lab.ts";
import { XenLabUnavailable } from "./unavailable.ts";

try {
  await buildXen((sentence) => console.log(sentence));
} catch (error) {
  if (!(error instanceof XenLabUnavailable)) throw error;
  console.error(`${error.message}\n${error.cause instanceof Error ? error.cause.message : ""}`);
  process.exit(1);
}
const { status } = spawnSync("vitest", ["run", "--project", "xen"], { cwd: repositoryRoot, env: toolEnvironment(), stdio: "inherit" });
process.exitCode = status ?? 1;
