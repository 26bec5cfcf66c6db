/**
 * Builds what the Xen lab boots, as far as it is not there; says how long it took. Ends with `UNAVAILABLE` and one line on standard error when this
 * machine cannot. Told to end, it waits for its commands, which `timeout` tells too, and takes away what is half made.
 */
import { buildXen } from "./lab.ts";
import { UNAVAILABLE, XenLabUnavailable } from "./unavailable.ts";

let isStopped = false;
process.on("SIGTERM", () => {
  isStopped = true;
});
const began = performance.now();
const seconds = (): string => `${Math.round((performance.now() - began) / 1000)} s`;
try {
  await buildXen((sentence) => console.log(`[${seconds()}] ${sentence}`));
  console.log(`[${seconds()}] Both Xen hosts can be started`);
} catch (error) {
  if (isStopped) console.error("No Xen lab: told to stop before it was built.");
  else if (error instanceof XenLabUnavailable) report(error);
  else throw error;
  process.exitCode = UNAVAILABLE;
}

/** The reason alone on standard error; what the failed command said goes before it, to standard output. */
function report({ message, cause }: XenLabUnavailable): void {
  if (cause instanceof Error) console.log(cause.message);
  console.error(message);
}
