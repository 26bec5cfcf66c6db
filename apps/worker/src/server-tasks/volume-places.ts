import type { GuestDefinition, HostPorts, VolumePlace } from "@ferry/core";
import type { ServerTaskRecord } from "@ferry/store";

/** Where the volume at that path is on the host now: a move may have brought it into another pool. Null when no pool there knows it. */
export async function placeAt(path: string, { storage }: HostPorts): Promise<VolumePlace | null> {
  const found = await storage.volumeAt(path);
  return found && { pool: found.pool, volumeName: found.name, path: found.path };
}

/** Records where the volumes of a server are that is to go, and returns the names of their disks: they outlive it, as in Nova. */
export async function placeVolumes(
  definition: GuestDefinition,
  host: HostPorts,
  task: Pick<ServerTaskRecord, "volumes" | "placeVolume">,
): Promise<string[]> {
  const attached = await task.volumes();
  for (const { volumeId, target } of attached) {
    const source = definition.disks.find((disk) => disk.target === target)?.source;
    const place = source?.type === "file" || source?.type === "block" ? await placeAt(source.path, host) : null;
    if (place !== null) await task.placeVolume(volumeId, place);
  }
  return attached.map(({ target }) => target);
}

/** The definition without these disks. */
export const withoutDisks = (definition: GuestDefinition, targets: readonly string[]): GuestDefinition => ({
  ...definition,
  disks: definition.disks.filter(({ target }) => !targets.includes(target)),
});
