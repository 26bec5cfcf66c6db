import type { GuestPower } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { destinationDomain } from "@ferry/libvirt-xml";
import { checkConditions } from "../check/check-conditions.ts";
import { notePower, powerNow } from "../migrate/note-power.ts";
import { holdFromFile, letGo, statePlaceOf } from "../migrate/saved-state.ts";
import type { MovePlan } from "../move-plan.ts";
import { placesThere } from "../policy/disk-places.ts";
import type { MigrationPorts } from "../ports.ts";

/**
 * Lets the guest go on at the destination if it ran before; one that was paused stays paused, one that was off stays off. When the destination
 * has lost it meanwhile (it was switched off and on again), it is started, or taken from its saved state, once more. Says when it went on, in ms
 * since the epoch.
 */
export const continueAtDestination: Step<MigrationPorts, { readonly at: number }> = {
  name: "continue-at-destination",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    const { power } = outputOf(notePower);
    if (power !== "off") await goOn(plan, power, ports);
    return { at: ports.clock.now() };
  },
  undo: { none: "after the handover the plan only goes forward" },
};

async function goOn(plan: MovePlan, power: GuestPower, ports: MigrationPorts): Promise<void> {
  const { uuid } = plan.guest;
  const destination = await ports.hosts.host(plan.destinationId);
  if (plan.mode === "saved") {
    const { path, pool } = statePlaceOf(plan);
    await destination.storage.refreshPool(pool);
    const saved = { uuid, path, power };
    const { migrationAddress } = destination.address;
    await holdFromFile(destination, saved, (xml) => destinationDomain(xml, placesThere(plan, null, migrationAddress)));
    await letGo(destination, saved);
    return;
  }
  if ((await powerNow(destination, uuid)) === "off") await destination.hypervisor.start(uuid, { paused: power === "paused" });
  else if (power === "running") await destination.hypervisor.resume(uuid);
}
