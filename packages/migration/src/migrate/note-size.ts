import { fail } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { type DomainSize, sizeOfDomain } from "@ferry/libvirt-xml";
import { checkConditions } from "../check/check-conditions.ts";
import type { MigrationPorts } from "../ports.ts";

/** Writes down the memory and processors of the definition that a move to another size will change, for the way back; null for any other move. */
export const noteSize: Step<MigrationPorts, DomainSize | null> = {
  name: "note-size",
  phase: "migrate",
  run: async ({ ports, outputOf }) => {
    const { resize, sourceId, guest } = outputOf(checkConditions);
    if (!resize) return null;
    const { hypervisor, address } = await ports.hosts.host(sourceId);
    const document = await hypervisor.document(guest.uuid, "persistent");
    if (!document) throw fail("GUEST_ENDED", { host: address.name });
    return sizeOfDomain(document.xml);
  },
  undo: { none: "it only looks" },
};
