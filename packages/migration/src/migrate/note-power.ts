import { fail, type GuestObservation, type GuestPower, type HostPorts } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import type { MigrationPorts } from "../ports.ts";

/** Whether the guest executes; null when the host has none, or does not tell. */
export function powerOf(seen: GuestObservation): GuestPower | null {
  if (seen.kind !== "present") return null;
  if (seen.state === "shutoff" || seen.state === "crashed") return "off";
  return seen.state === "paused" ? "paused" : "running";
}

/** The same, asked now. Throws WHEREABOUTS_UNKNOWN when the host does not answer and GUEST_ENDED when it has no such guest. */
export async function powerNow({ hypervisor, address }: HostPorts, uuid: string): Promise<GuestPower> {
  const seen = await hypervisor.observe(uuid);
  if (seen.kind === "unreachable") throw fail("WHEREABOUTS_UNKNOWN", { reason: `${address.name} does not answer` });
  const power = powerOf(seen);
  if (power === null) throw fail("GUEST_ENDED", { host: address.name });
  return power;
}

/**
 * Writes down how the guest is (and when, in ms since the epoch) before it is stopped, so that whoever takes the move up after a crash knows what has to run again, here or there.
 */
export const notePower: Step<MigrationPorts, { readonly power: GuestPower; readonly at: number }> = {
  name: "note-power",
  phase: "migrate",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    return { power: await powerNow(await ports.hosts.host(plan.sourceId), plan.guest.uuid), at: ports.clock.now() };
  },
  undo: { none: "it only looks" },
};
