import { fail } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { destinationDomain } from "@ferry/libvirt-xml";
import { checkConditions } from "../check/check-conditions.ts";
import { placesHere } from "../policy/disk-places.ts";
import type { MigrationPorts } from "../ports.ts";

/**
 * Defines the guest at the source again: its definition of the destination, with the disks' places at the source. So the record needs to keep no
 * definition, which may hold secrets, and what was changed in it since comes along.
 */
export const defineAtSource: Step<MigrationPorts, null> = {
  name: "define-at-source",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    const [source, destination] = await Promise.all([ports.hosts.host(plan.sourceId), ports.hosts.host(plan.destinationId)]);
    const document = await destination.hypervisor.document(plan.guest.uuid, "persistent");
    if (document) {
      await ports.store.confirmLease();
      await source.hypervisor.define(
        destinationDomain(document.xml, placesHere(plan, document.definition, source.address.migrationAddress)),
      );
      return null;
    }
    if (await source.hypervisor.guest(plan.guest.uuid)) return null;
    throw fail("WHEREABOUTS_UNKNOWN", { reason: "neither host defines the server any more" });
  },
  undo: { none: "a reversal only goes forward" },
};
