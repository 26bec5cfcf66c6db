import { randomUUID } from "node:crypto";
import { type HostId, type HostPorts, isFerryError } from "@ferry/core";
import type { Worker } from "../dependencies.ts";
import { type DueSighting, dueSightings } from "./due-sightings.ts";

const MARKER_BYTES = 4096;

/**
 * Finds out, while hosts live, from where the disks of a host's guests are seen: evacuating them later asks for that proof. A host that has a pool on the
 * same directory, with a file of the same name in it, makes a marker there for a moment; the host itself sees it, or does not.
 */
export async function seeSharedDirectories(
  id: HostId,
  { store, hosts, clock, log }: Pick<Worker, "store" | "hosts" | "clock" | "log">,
): Promise<void> {
  const all = await store.hosts.list();
  const host = all.find((one) => one.id === id);
  if (!host) return;
  const others = all.filter((one) => one.id !== id && one.state === "up");
  const [disks, known] = await Promise.all([store.sightings.disksOf(id), store.sightings.of(id)]);
  for (const due of dueSightings(host, others, disks, known, clock.now())) {
    try {
      const shared = await isSeen(due, await hosts.host(id), await hosts.host(due.witnessId));
      const { directory, witnessId, hostBootId, witnessBootId } = due;
      await store.sightings.enter(id, { directory, witnessId, shared, hostBootId, witnessBootId });
    } catch (error) {
      if (!isFerryError(error)) throw error;
      log.info({ host: id, witness: due.witnessId, err: error }, "it could not be found out whether two hosts share a directory");
    }
  }
}

async function isSeen({ directory, disk, pool }: DueSighting, host: HostPorts, witness: HostPorts): Promise<boolean> {
  if (!(await witness.storage.fileExists(disk))) return false;
  const name = `.ferry-shared-${randomUUID()}`;
  const path = `${directory}/${name}`;
  try {
    await witness.storage.createVolume({ pool, name, format: "raw", capacityBytes: MARKER_BYTES, backing: null });
    return await host.storage.fileExists(path);
  } finally {
    await witness.storage.deleteVolume(path);
  }
}
