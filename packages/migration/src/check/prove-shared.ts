import { randomUUID } from "node:crypto";
import { type HostPorts, hasCode, type VolumeFacts } from "@ferry/core";
import type { DiskFacts } from "../facts.ts";
import { directoryOf } from "../policy/disk-path.ts";
import type { CheckPorts } from "../ports.ts";

const MARKER_BYTES = 4096;

type Proof = Pick<CheckPorts, "ledger" | "store"> & { readonly source: HostPorts; readonly destination: HostPorts };

/**
 * Paths of disks and backing files that are one file for both hosts. A file of the same path at the destination is only a hint; the proof is a
 * marker volume that the destination makes beside it and the source sees. One marker for each pool; it is deleted again, and the ledger knows
 * it meanwhile, so that a worker that dies in between leaves nothing. A pool that takes no marker (read-only) proves nothing. No file at that
 * path means: not shared, without a probe.
 */
export async function proveShared(
  disks: readonly DiskFacts[],
  volumes: Readonly<Record<string, VolumeFacts | null>>,
  proof: Proof,
): Promise<string[]> {
  const answers = new Map<string, boolean>();
  const shared = new Set<string>();
  for (const here of disks.flatMap(({ volume, backing }) => [volume, ...backing])) {
    const there = here && volumes[here.path];
    if (!here || !there) continue;
    const pools = `${here.pool}\n${there.pool}`;
    const seen = answers.get(pools) ?? (await seesMarker(here, there, proof));
    answers.set(pools, seen);
    if (seen) shared.add(here.path);
  }
  return [...shared];
}

async function seesMarker(here: VolumeFacts, there: VolumeFacts, { source, destination, ledger, store }: Proof): Promise<boolean> {
  const name = `.ferry-shared-${randomUUID()}`;
  const path = `${directoryOf(there.path)}/${name}`;
  const entry = { hostId: destination.address.id, kind: "volume", key: path } as const;
  await ledger?.begin({ ...entry, migrationId: (await store.order()).id });
  try {
    await destination.storage.createVolume({ pool: there.pool, name, format: "raw", capacityBytes: MARKER_BYTES, backing: null });
    await source.storage.refreshPool(here.pool);
    return (await source.storage.volumeAt(path)) !== null;
  } catch (error) {
    if (hasCode(error, "HYPERVISOR_CALL_FAILED")) return false;
    throw error;
  } finally {
    await destination.storage.deleteVolume(path);
    await ledger?.forget(entry);
  }
}
