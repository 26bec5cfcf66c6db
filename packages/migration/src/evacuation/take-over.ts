import { fail, type GuestObservation, type HostPorts, hasCode, isFerryError } from "@ferry/core";
import { PivotNotReached, type Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { powerOf } from "../migrate/note-power.ts";
import type { MigrationPorts } from "../ports.ts";

/**
 * The point of no return of an evacuation: the guest is started at the destination if it ran, and otherwise is the destination's from now on. Right
 * before, the source must be silent still and its fence in force: a host that was seen meanwhile may run the guest itself. `PivotNotReached` means: it
 * was not started.
 */
export const takeOver: Step<MigrationPorts, null> = {
  name: "take-over",
  phase: "migrate",
  pivot: true,
  run: async ({ ports, outputOf, attempt, signal }) => {
    const plan = outputOf(checkConditions);
    const destination = await ports.hosts.host(plan.destinationId);
    if (attempt === 1 && signal.aborted) throw new PivotNotReached(fail("ABORTED"));
    const seen = await destination.hypervisor.observe(plan.guest.uuid);
    if (isActive(seen)) return null;
    if (seen.kind === "unreachable") throw whileSilent(destination, attempt);
    if (seen.kind === "absent") throw new PivotNotReached(fail("GUEST_ENDED", { host: destination.address.name }));
    await requireDeath(await ports.hosts.host(plan.sourceId), ports);
    const { startsGuest } = await ports.store.recall();
    await ports.store.confirmLease();
    if (startsGuest) await start(destination, plan.guest.uuid);
    return null;
  },
  undo: { none: "it fails only after it has seen that the destination does not run the guest" },
};

const isActive = (seen: GuestObservation): boolean => powerOf(seen) === "running" || powerOf(seen) === "paused";

/** Nothing was started before the first try. */
function whileSilent({ address }: HostPorts, attempt: number): Error {
  const reason = `the destination ${address.name} does not answer`;
  if (attempt === 1) return new PivotNotReached(fail("TAKE_OVER_FAILED", { reason }));
  return fail("WHEREABOUTS_UNKNOWN", { reason });
}

async function requireDeath({ hypervisor, address }: HostPorts, ports: MigrationPorts): Promise<void> {
  const { kind, problem } = await hypervisor.presence();
  if (kind !== "silent") throw new PivotNotReached(fail("TAKE_OVER_FAILED", { reason: `${address.name} is not dead: ${problem}` }));
  try {
    await ports.store.requireFence();
  } catch (error) {
    if (error instanceof Error && hasCode(error, "HOST_NOT_FENCED", "FENCE_ENDED")) throw new PivotNotReached(error);
    throw error;
  }
}

/** An answer that was lost is no failure: what counts is whether it runs. */
async function start({ hypervisor }: HostPorts, uuid: string): Promise<void> {
  try {
    await hypervisor.start(uuid);
  } catch (error) {
    if (!isFerryError(error)) throw error;
    const seen = await hypervisor.observe(uuid);
    if (seen.kind === "unreachable") throw error;
    if (!isActive(seen)) throw new PivotNotReached(error);
  }
}
