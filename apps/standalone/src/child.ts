import { endIfMisconfigured } from "./misconfigured.ts";

/**
 * Runs a program of ferry as the child of a supervisor: when the supervisor is gone, however it ended, the program is asked to stop, so that no
 * process without an owner keeps the port and the leases.
 */
process.once("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();

const [, , program] = process.argv;
if (!program) throw new Error("Cannot start a program of ferry: its path is missing.");
await import(program).catch(endIfMisconfigured);
