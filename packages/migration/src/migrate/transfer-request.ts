import { fail, type GuestDefinition, type GuestDocument, type TransferRequest } from "@ferry/core";
import { type DiskMapping, destinationDomain } from "@ferry/libvirt-xml";
import { brought, copies, type MovePlan } from "../move-plan.ts";
import { cardsThere } from "../policy/card-places.ts";
import type { MigrationPorts } from "../ports.ts";
import type { GrantedAccess } from "../setup/grant-peer-access.ts";

/**
 * Builds what the transfer needs from the plan and the source's definition as it is now. Throws GUEST_ENDED when the guest is not there any
 * more and TRANSFER_FAILED when its disks are not the ones that were checked: a disk nobody prepared would open a foreign file at the destination.
 */
export async function transferRequest(plan: MovePlan, peer: GrantedAccess, ports: MigrationPorts): Promise<TransferRequest> {
  const [source, destination, order] = await Promise.all([
    ports.hosts.host(plan.sourceId),
    ports.hosts.host(plan.destinationId),
    ports.store.order(),
  ]);
  const { uuid } = plan.guest;
  const [live, persistent, seen] = await Promise.all([
    source.hypervisor.document(uuid, "live"),
    source.hypervisor.document(uuid, "persistent"),
    source.hypervisor.observe(uuid),
  ]);
  if (!live) throw fail("GUEST_ENDED", { host: source.address.name });
  requireSameDisks(plan, live.definition);
  const { migrationAddress } = destination.address;
  const incremental = copies(plan).some((disk) => disk.backing !== null);
  return {
    migrationId: order.id,
    guest: plan.guest,
    transport: plan.transport,
    liveXml: definitionFor(plan, live, migrationAddress),
    persistentXml: definitionFor(plan, persistent ?? live, migrationAddress),
    destinationAddress: migrationAddress,
    listenAddress: migrationAddress,
    copyDisks: copies(plan).map((disk) => disk.target),
    copyMode: incremental ? "incremental" : "full",
    peer,
    bandwidthMiBps: order.bandwidthMiBps,
    paused: order.outcome.leave === "paused" || (seen.kind === "present" ? seen.state === "paused" : plan.paused),
    tunnelled: order.outcome.tunnelled,
    unsafe: order.outcome.unsafeCache,
  };
}

function requireSameDisks(plan: MovePlan, now: GuestDefinition): void {
  const words = (targets: readonly string[]): string => [...targets].sort().join(", ") || "none";
  const [before, after] = [words(targetsOf(plan)), words(now.disks.map((disk) => disk.target))];
  if (before !== after)
    throw fail("TRANSFER_FAILED", { reason: `the server's disks were ${before} when they were checked and are ${after} now` });
  const filled = now.disks.find(
    (disk) => disk.source.type !== "none" && plan.disks.some((one) => one.target === disk.target && one.action === "none"),
  );
  if (filled) throw fail("TRANSFER_FAILED", { reason: `the drive ${filled.target} was empty when it was checked and holds a medium now` });
  for (const planned of plan.disks) {
    const source = now.disks.find((disk) => disk.target === planned.target)?.source;
    if (!("sourcePath" in planned) || planned.sourcePath === null || (source?.type !== "file" && source?.type !== "block")) continue;
    const { target, sourcePath } = planned;
    if (source.path !== sourcePath)
      throw fail("TRANSFER_FAILED", { reason: `disk ${target} was ${sourcePath} when it was checked and is ${source.path} now` });
  }
}

const targetsOf = (plan: MovePlan): string[] => plan.disks.map((disk) => disk.target);

/** The guest's definition with the disks' places at the destination, and what its cards are plugged into there, where they differ; filters keep their names. */
function definitionFor(plan: MovePlan, document: GuestDocument, listenAddress: string): string {
  const filled = new Set(document.definition.disks.filter(({ source }) => source.type !== "none").map((disk) => disk.target));
  const disks: Record<string, DiskMapping> = {};
  for (const { target, path } of [...copies(plan), ...brought(plan)]) {
    if (filled.has(target)) disks[target] = { place: { type: "file", path }, backing: "undeclared" };
  }
  return destinationDomain(document.xml, { disks, interfaces: cardsThere(plan, document.definition), filters: {}, listenAddress });
}
