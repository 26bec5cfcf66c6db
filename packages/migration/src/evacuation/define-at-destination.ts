import { fail, type HostPorts } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { destinationDomain, parseDomain } from "@ferry/libvirt-xml";
import { checkConditions } from "../check/check-conditions.ts";
import { makeReserved, occupied, reserve, undoArtifacts } from "../made-things.ts";
import { requireKnownDisks } from "../migrate/hand-over.ts";
import { powerOf } from "../migrate/note-power.ts";
import { placesThere } from "../policy/disk-places.ts";
import type { MigrationPorts } from "../ports.ts";

/**
 * Defines the guest at the destination, from the definition that the record keeps of it; it is off. A definition that somebody else made there meanwhile
 * is not touched.
 */
export const defineAtDestination: Step<MigrationPorts, null> = {
  name: "define-at-destination",
  phase: "migrate",
  run: async ({ ports, outputOf, signal }) => {
    const plan = outputOf(checkConditions);
    const destination = await ports.hosts.host(plan.destinationId);
    const thing = { hostId: plan.destinationId, kind: "definition", key: plan.guest.uuid } as const;
    const known = await ports.ledger.find(thing.hostId, thing.kind, thing.key);
    const seen = await destination.hypervisor.observe(plan.guest.uuid);
    if (known === null && seen.kind === "present") throw occupied(destination.address.name, `a guest ${plan.guest.name}`);
    const { xml } = await ports.store.recall();
    if (xml === null) throw fail("NO_DEFINITION_KEPT", { id: plan.guest.uuid });
    const definition = parseDomain(xml);
    requireKnownDisks(plan, definition);
    if ((await reserve(ports, thing, signal)) !== "mine") throw occupied(destination.address.name, `a guest ${plan.guest.name}`);
    await ports.store.requireFence();
    const there = destinationDomain(xml, placesThere(plan, definition, destination.address.migrationAddress));
    await makeReserved(ports, thing, known === null, () => destination.hypervisor.define(there));
    return null;
  },
  undo: async ({ ports }) => undoArtifacts(ports, "definition", withdraw),
};

/** One that runs is not let go of: then a person must decide. */
async function withdraw({ hypervisor }: HostPorts, uuid: string): Promise<void> {
  const seen = await hypervisor.observe(uuid);
  const power = powerOf(seen);
  if (seen.kind === "unreachable" || power === "running" || power === "paused")
    throw fail("WHEREABOUTS_UNKNOWN", { reason: "the destination is not seen to have it off" });
  await hypervisor.undefine(uuid);
}
