import { fail } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { destinationDomain, resizedDomain } from "@ferry/libvirt-xml";
import { checkConditions } from "../check/check-conditions.ts";
import { noteSize } from "../migrate/note-size.ts";
import { placesHere } from "../policy/disk-places.ts";
import type { MigrationPorts } from "../ports.ts";

/**
 * Defines the guest at the source again: its definition of the destination, with the disks' places at the source. So the record needs to keep no
 * definition, which may hold secrets, and what was changed in it since comes along. After a move to another size it has its old one again.
 */
export const defineAtSource: Step<MigrationPorts, null> = {
  name: "define-at-source",
  phase: "cleanup",
  run: async ({ ports, outputOf, outputIfDone }) => {
    const plan = outputOf(checkConditions);
    const [source, destination] = await Promise.all([ports.hosts.host(plan.sourceId), ports.hosts.host(plan.destinationId)]);
    const document = await destination.hypervisor.document(plan.guest.uuid, "persistent");
    if (document) {
      await ports.store.confirmLease();
      const back = destinationDomain(document.xml, placesHere(plan, document.definition, source.address.migrationAddress));
      const size = outputIfDone(noteSize);
      await source.hypervisor.define(size === null ? back : resizedDomain(back, size));
      return null;
    }
    if (await source.hypervisor.guest(plan.guest.uuid)) return null;
    throw fail("WHEREABOUTS_UNKNOWN", { reason: "neither host defines the server any more" });
  },
  undo: { none: "a reversal only goes forward" },
};
