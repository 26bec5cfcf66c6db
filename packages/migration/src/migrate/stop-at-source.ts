import { fail, type GuestPower, type HostPorts } from "@ferry/core";
import type { Step, StepContext } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import type { MovePlan } from "../move-plan.ts";
import type { MigrationPorts } from "../ports.ts";
import { type DiskMarks, readMarks, writtenSince } from "./disk-marks.ts";
import { endGuest } from "./end-guest.ts";
import { notePower, powerNow } from "./note-power.ts";
import { continueAtSource, dropAtSource, type StopKind, saveAtSource } from "./saved-state.ts";

type Context = StepContext<MigrationPorts>;

const LOOK_AGAIN_MS = 500;

export interface Stopped {
  readonly how: StopKind;
  /** How its disks were when it was off; absent in a record of an older release. */
  readonly disks?: DiskMarks;
}

/**
 * Ends the guest at the source: asks it to shut down and ends it when it does not within `shutdownDeadlineMs`, or saves its running state to a
 * file. Its definition stays. The undo starts, or continues, what ran before; a guest that was off is left off, and so is one whose disks
 * somebody has used since: its saved state would not fit them any more.
 */
export const stopAtSource: Step<MigrationPorts, Stopped> = {
  name: "stop-at-source",
  phase: "migrate",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    const { power } = outputOf(notePower);
    const source = await ports.hosts.host(plan.sourceId);
    const how = await stop(plan, power, source, ports);
    return { how, disks: await readMarks(plan, source) };
  },
  undo: async (context, output) => {
    const power = context.outputIfDone(notePower)?.power ?? "off";
    const plan = context.outputIfDone(checkConditions);
    if (!plan || power === "off") return;
    const source = await context.ports.hosts.host(plan.sourceId);
    if (plan.mode !== "saved") return await startAgain(plan, power, source, context, output !== null);
    if (await wasUsed(plan, output, source)) await dropAtSource(plan, source, context.ports);
    else await continueAtSource(plan, power, source, context.ports);
  },
};

async function stop(plan: MovePlan, power: GuestPower, source: HostPorts, ports: MigrationPorts): Promise<StopKind> {
  if (plan.mode === "saved") return await saveAtSource(plan, source, ports);
  if (power !== "off") return await endGuest(plan.guest.uuid, source, ports);
  if ((await powerNow(source, plan.guest.uuid)) === "off") return "was-off";
  throw fail("TRANSFER_FAILED", { reason: "the server was started while it was being moved" });
}

/** Whether the guest is off with its disks not as they were when it was saved. */
async function wasUsed(plan: MovePlan, stopped: Stopped | null, source: HostPorts): Promise<boolean> {
  if ((await powerNow(source, plan.guest.uuid)) !== "off") return false;
  return stopped?.disks !== undefined && writtenSince(stopped.disks, await readMarks(plan, source)) !== null;
}

/** A guest that was asked to shut down may still do so: when it is not known to be off, it is watched for as long as it had to obey. */
async function startAgain(plan: MovePlan, power: GuestPower, source: HostPorts, { ports }: Context, isOff: boolean): Promise<void> {
  const deadline = ports.clock.now() + ports.settings.shutdownDeadlineMs;
  while (!isOff && (await powerNow(source, plan.guest.uuid)) !== "off" && ports.clock.now() < deadline)
    await ports.clock.sleep(LOOK_AGAIN_MS);
  await source.hypervisor.start(plan.guest.uuid, { paused: power === "paused" });
}
