import type { GuestDefinition, GuestDisk, HostPorts } from "@ferry/core";
import { diskPath } from "@ferry/migration";
import type { ServerTaskRecord } from "@ferry/store";

/**
 * Deletes the files that only this guest had as disks. Block devices and network disks are volumes, which outlive a server as in Nova; media and
 * base images belong to nobody; what another server of any host uses stays, and so does what lies in no pool.
 */
export async function deleteDisks(
  definition: GuestDefinition,
  { storage, hypervisor }: HostPorts,
  task: Pick<ServerTaskRecord, "confirm" | "usedByOthers">,
): Promise<{ deleted: string[]; kept: string[] }> {
  const [pools, guests] = await Promise.all([storage.pools(), hypervisor.guests()]);
  const pathsOf = (disks: readonly GuestDisk[]): string[] => disks.map((disk) => diskPath(disk, pools)).filter((path) => path !== null);
  const paths = pathsOf(definition.disks.filter(isOwnFile));
  const others = guests.filter((guest) => guest.definition.uuid !== definition.uuid).flatMap((guest) => guest.definition.disks);
  const layers = others.flatMap((disk) => disk.backing.map((layer) => layer.path));
  const used = new Set([...(await task.usedByOthers(paths)), ...pathsOf(others), ...layers]);
  for (const path of paths.filter((one) => !used.has(one))) {
    await task.confirm();
    await storage.deleteVolume(path);
  }
  const left = await Promise.all(paths.map((path) => storage.fileExists(path)));
  return { deleted: paths.filter((_, index) => !left[index]), kept: paths.filter((_, index) => left[index]) };
}

const isOwnFile = ({ device, source, readOnly, shareable }: GuestDisk): boolean =>
  device === "disk" && !readOnly && !shareable && (source.type === "file" || source.type === "volume");
