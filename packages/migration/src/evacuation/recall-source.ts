import type { EvacuationRecord, GuestDefinition, GuestDisk, MigrationOrder } from "@ferry/core";
import { parseDomain } from "@ferry/libvirt-xml";
import type { DiskFacts, SourceFacts } from "../facts.ts";
import { diskPath } from "../policy/disk-path.ts";
import type { MigrationPorts } from "../ports.ts";

/**
 * A dead host as the record remembers it: its last facts, and the guest as its persistent definition says, which is what will be started. Where a disk
 * was is known; what is in it only a living host can tell (see `findDisks`).
 */
export async function recallSource(order: MigrationOrder, kept: EvacuationRecord, ports: MigrationPorts): Promise<SourceFacts> {
  const [record, { address }] = await Promise.all([ports.store.host(order.sourceHostId), ports.hosts.host(order.sourceHostId)]);
  const guest = kept.xml === null ? null : withLayers(parseDomain(kept.xml), kept.definition);
  const pools = kept.facts?.pools ?? [];
  return {
    record,
    address,
    host: kept.facts,
    problem: null,
    observation: { kind: "unreachable", problem: "the host is dead" },
    guest,
    persistent: guest,
    suspended: false,
    disks: (guest?.disks ?? []).map((disk) => unseen(disk, diskPath(disk, pools))),
    filters: {},
    canPeer: false,
  };
}

/** Only the definition of a guest that runs names the layers below an overlay; the record keeps the last one that was seen. */
const withLayers = (guest: GuestDefinition, seen: GuestDefinition): GuestDefinition => ({
  ...guest,
  disks: guest.disks.map((disk) => {
    const live = seen.disks.find(({ target, source }) => target === disk.target && JSON.stringify(source) === JSON.stringify(disk.source));
    return disk.backing.length === 0 && live ? { ...disk, backing: live.backing } : disk;
  }),
});

const unseen = ({ target, backing }: GuestDisk, path: string | null): DiskFacts => ({
  target,
  path,
  volume: null,
  device: null,
  capacityBytes: 0,
  allocationBytes: 0,
  backing: backing.map(() => null),
});
