import { fail, type TransferRequest } from "@ferry/core";
import { type DiskMapping, destinationDomain } from "@ferry/libvirt-xml";
import { copies, type MovePlan } from "../move-plan.ts";
import type { MigrationPorts } from "../ports.ts";
import type { GrantedAccess } from "../setup/grant-peer-access.ts";

/** Builds what the transfer needs from the plan and the source's definition as it is now. */
export async function transferRequest(plan: MovePlan, peer: GrantedAccess, ports: MigrationPorts): Promise<TransferRequest> {
  const [source, destination, order] = await Promise.all([
    ports.hosts.host(plan.sourceId),
    ports.hosts.host(plan.destinationId),
    ports.store.order(),
  ]);
  const { uuid } = plan.guest;
  const [live, persistent] = await Promise.all([source.hypervisor.document(uuid, "live"), source.hypervisor.document(uuid, "persistent")]);
  if (!live) throw fail("GUEST_ENDED", { host: source.address.name });
  const { migrationAddress } = destination.address;
  const incremental = copies(plan).some((disk) => disk.backing !== null);
  return {
    migrationId: order.id,
    guest: plan.guest,
    transport: plan.transport,
    liveXml: definitionFor(plan, live.xml, migrationAddress),
    persistentXml: definitionFor(plan, (persistent ?? live).xml, migrationAddress),
    destinationAddress: migrationAddress,
    listenAddress: migrationAddress,
    copyDisks: copies(plan).map((disk) => disk.target),
    copyMode: incremental ? "incremental" : "full",
    peer,
    bandwidthMiBps: order.bandwidthMiBps,
    paused: plan.paused,
  };
}

/** The guest's definition with the disks' places at the destination; networks and filters keep their names. */
function definitionFor(plan: MovePlan, xml: string, listenAddress: string): string {
  const disks: Record<string, DiskMapping> = {};
  for (const disk of copies(plan)) disks[disk.target] = { place: { type: "file", path: disk.path }, backing: "undeclared" };
  return destinationDomain(xml, { disks, interfaces: {}, filters: {}, listenAddress });
}
