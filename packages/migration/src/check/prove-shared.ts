import { randomUUID } from "node:crypto";
import type { GuestDefinition, HostPorts, VolumeFacts } from "@ferry/core";

const MARKER_BYTES = 4096;

/**
 * Targets whose file both hosts see. A file of the same path at the destination is only a hint; the proof is a marker volume that the
 * destination makes beside it and the source sees. The marker is deleted again. No file at that path means: not shared, without a probe.
 */
export async function proveShared(
  guest: GuestDefinition,
  volumes: Readonly<Record<string, VolumeFacts | null>>,
  hosts: { source: HostPorts; destination: HostPorts },
): Promise<string[]> {
  const proofs = new Map<string, Promise<boolean>>();
  const targets: string[] = [];
  for (const { target, source } of guest.disks) {
    const there = source.type === "file" ? volumes[source.path] : null;
    if (!there) continue;
    const proof = proofs.get(there.pool) ?? seesMarker(there, hosts);
    proofs.set(there.pool, proof);
    if (await proof) targets.push(target);
  }
  return targets;
}

async function seesMarker(volume: VolumeFacts, { source, destination }: { source: HostPorts; destination: HostPorts }): Promise<boolean> {
  const here = await source.storage.volumeAt(volume.path);
  if (!here) return false;
  const marker = await destination.storage.createVolume({
    pool: volume.pool,
    name: `.ferry-shared-${randomUUID()}`,
    format: "raw",
    capacityBytes: MARKER_BYTES,
    backing: null,
  });
  try {
    await source.storage.refreshPool(here.pool);
    return (await source.storage.volumeAt(marker.path)) !== null;
  } finally {
    await destination.storage.deleteVolume(marker.path);
  }
}
