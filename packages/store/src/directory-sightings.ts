import { type DirectorySighting, type GuestDisk, type HostId, hostId } from "@ferry/core";
import type { Database } from "./database.ts";

/** Whether hosts see each other's files, found out while both live. */
export const directorySightings = (db: Database) => ({
  /** Disks of the guests that live on the host. */
  async disksOf(host: HostId): Promise<GuestDisk[]> {
    const where = { hostId: host, vmState: { not: "deleted" } };
    const rows = await db.server.findMany({ where, select: { definition: true } });
    return rows.flatMap(({ definition }) => (definition as unknown as { disks?: GuestDisk[] }).disks ?? []);
  },

  /** What is known of that host's directories; `lookedAt` says since when. */
  async of(host: HostId): Promise<(DirectorySighting & { readonly lookedAt: Date })[]> {
    const rows = await db.directorySighting.findMany({ where: { hostId: host } });
    return rows.map(({ hostId: _host, witnessId, ...row }) => ({ ...row, witnessId: hostId(witnessId) }));
  },

  /** Enters what was seen, in the place of what was known before. */
  async enter(host: HostId, { directory, witnessId, ...seen }: DirectorySighting): Promise<void> {
    const data = { ...seen, lookedAt: new Date() };
    const key = { hostId: host, directory, witnessId };
    await db.directorySighting.upsert({ where: { hostId_directory_witnessId: key }, create: { ...key, ...data }, update: data });
  },
});
