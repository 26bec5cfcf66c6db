import { type GuestDefinition, type GuestDisk, type HostPorts, type Hosts, isConfigDriveOf } from "@ferry/core";
import { diskPath } from "@ferry/migration";
import type { ServerTaskRecord } from "@ferry/store";
import { isAnotherFile } from "./another-file.ts";

/**
 * Deletes the files that only this guest had as disks. Block devices and network disks are volumes, which outlive a server as in Nova; media and
 * base images belong to nobody, but for the config drive that ferry made for it; what another server uses stays, and so does what lies in no pool. A server on another host that has a disk of the
 * same path uses this one, unless it is proven to be another file.
 */
export async function deleteDisks(
  definition: GuestDefinition,
  host: HostPorts,
  task: Pick<ServerTaskRecord, "confirm" | "usedByOthers">,
  hosts: Pick<Hosts, "host">,
): Promise<{ deleted: string[]; kept: string[] }> {
  const { storage, hypervisor } = host;
  const [pools, guests] = await Promise.all([storage.pools(), hypervisor.guests()]);
  const pathsOf = (disks: readonly GuestDisk[]): string[] => disks.map((disk) => diskPath(disk, pools)).filter((path) => path !== null);
  const drives = pathsOf(definition.disks.filter((disk) => disk.device === "cdrom")).filter((path) =>
    isConfigDriveOf(definition.uuid, path),
  );
  const paths = [...pathsOf(definition.disks.filter(isOwnFile)), ...drives];
  const others = guests.filter((guest) => guest.definition.uuid !== definition.uuid).flatMap((guest) => guest.definition.disks);
  const layers = others.flatMap((disk) => disk.backing.map((layer) => layer.path));
  const used = new Set([...(await usedInRecord(paths, host, task, hosts)), ...pathsOf(others), ...layers]);
  for (const path of paths.filter((one) => !used.has(one))) {
    await task.confirm();
    await storage.deleteVolume(path);
  }
  const left = await Promise.all(paths.map((path) => storage.fileExists(path)));
  return { deleted: paths.filter((_, index) => !left[index]), kept: paths.filter((_, index) => left[index]) };
}

async function usedInRecord(
  paths: readonly string[],
  host: HostPorts,
  task: Pick<ServerTaskRecord, "usedByOthers">,
  hosts: Pick<Hosts, "host">,
): Promise<string[]> {
  const named = await task.usedByOthers(paths);
  const other = await Promise.all(
    named.map(async ({ path, hostId }) => hostId !== host.address.id && (await isAnotherFile(path, host, () => hosts.host(hostId)))),
  );
  return named.filter((_, index) => !other[index]).map(({ path }) => path);
}

const isOwnFile = ({ device, source, readOnly, shareable }: GuestDisk): boolean =>
  device === "disk" && !readOnly && !shareable && (source.type === "file" || source.type === "volume");
