import { randomUUID } from "node:crypto";
import { fail, type HostId, hostId, type VolumeFormat, type VolumePlace, type VolumeStatus } from "@ferry/core";
import type { Database, Transaction } from "./database.ts";
import type { Prisma } from "./generated/client.ts";
import { enterInquiry } from "./inquiries.ts";

/** A volume with what it is attached to. */
export interface VolumeRow extends VolumePlace {
  readonly id: string;
  readonly name: string | null;
  readonly projectId: string;
  readonly sizeGiB: number;
  readonly format: VolumeFormat;
  readonly status: VolumeStatus;
  readonly problem: string | null;
  readonly hostId: HostId;
  readonly hostName: string;
  readonly sharedIdentity: string | null;
  readonly attachment: AttachmentRow | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface AttachmentRow {
  readonly id: string;
  readonly volumeId: string;
  readonly serverId: string;
  /** Name of the disk in the guest, `vdb`. */
  readonly target: string;
  readonly tag: string | null;
  readonly deleteOnTermination: boolean;
}

export interface NewVolumeRow {
  readonly name: string | null;
  readonly projectId: string;
  readonly userId: string;
  readonly sizeGiB: number;
  readonly format: VolumeFormat;
  readonly hostId: HostId;
  readonly pool: string;
  /** Its name in the pool; null: made of the new id. */
  readonly volumeName: string | null;
}

const include = { attachment: true, host: { select: { name: true } } } satisfies Prisma.VolumeInclude;

const toRow = ({ host, userId, ...row }: Prisma.VolumeGetPayload<{ include: typeof include }>): VolumeRow => ({
  ...row,
  hostId: hostId(row.hostId),
  hostName: host.name,
  format: row.format as VolumeFormat,
  status: row.status as VolumeStatus,
});

/** Statuses in which a volume may be deleted, if it is attached to nothing. */
const deletable: readonly VolumeStatus[] = ["available", "error"];

export const volumeRecords = (db: Database) => ({
  /** Enters a volume as `creating`; returns its id. Throws VOLUME_KNOWN when one of that name is in the pool. */
  async enter({ volumeName, ...volume }: NewVolumeRow): Promise<string> {
    const id = randomUUID();
    const name = volumeName ?? `volume-${id}`;
    await db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM hosts WHERE id = ${volume.hostId}::uuid FOR NO KEY UPDATE`;
      const { hostId, pool } = volume;
      const known = await tx.volume.findFirst({ where: { hostId, pool, volumeName: name }, include });
      if (known !== null) throw fail("VOLUME_KNOWN", { name, pool, host: known.host.name, id: known.id });
      await tx.volume.create({ data: { id, ...volume, volumeName: name, status: "creating" } });
    });
    return id;
  },

  /** Null when there is none. `id` must have the form of a uuid. */
  async find(id: string): Promise<VolumeRow | null> {
    const row = await db.volume.findUnique({ where: { id }, include });
    return row && toRow(row);
  },

  /** Newest first; without a project, those of all. */
  async list({ projectId }: { projectId?: string }): Promise<VolumeRow[]> {
    const where = projectId === undefined ? {} : { projectId };
    return (await db.volume.findMany({ where, include, orderBy: [{ createdAt: "desc" }, { id: "desc" }] })).map(toRow);
  },

  /** What is attached to the server, in the order of the disks' names. */
  async attachmentsOf(serverId: string): Promise<AttachmentRow[]> {
    return await db.volumeAttachment.findMany({ where: { serverId }, orderBy: { target: "asc" } });
  },

  /** Whether the volume is to be deleted with the server. Throws VOLUME_NOT_ATTACHED. */
  async terminate(volumeId: string, serverId: string, deleteOnTermination: boolean): Promise<void> {
    const { count } = await db.volumeAttachment.updateMany({ where: { volumeId, serverId }, data: { deleteOnTermination } });
    if (count === 0) throw fail("VOLUME_NOT_ATTACHED", { id: volumeId, server: serverId });
  },

  /** The id of a volume in that pool; null when there is none. */
  async anyIn(host: HostId, pool: string): Promise<string | null> {
    return (await db.volume.findFirst({ where: { hostId: host, pool }, select: { id: true } }))?.id ?? null;
  },

  /** It is there. Nothing happens to one that is not `creating` any more. */
  async made(id: string, made: VolumePlace & { readonly sizeGiB: number; readonly sharedIdentity: string | null }): Promise<void> {
    await db.volume.updateMany({ where: { id, status: "creating" }, data: { ...made, status: "available", problem: null } });
  },

  /** What was to be done to it failed, and it is not known how far it came. */
  async broke(id: string, problem: string): Promise<void> {
    await db.volume.updateMany({ where: { id, status: { in: ["creating", "deleting"] } }, data: { status: "error", problem } });
  },

  /** It is no more, or never was. */
  async remove(id: string): Promise<void> {
    await db.volume.deleteMany({ where: { id, status: { in: ["creating", "deleting"] } } });
  },

  /** It is to go. Throws VOLUME_NOT_FOUND, and VOLUME_WRONG_STATE unless it is attached to nothing and nobody is at work on it. */
  async beginDelete(id: string): Promise<void> {
    const where = { id, status: { in: [...deletable] }, attachment: null };
    const { count } = await db.volume.updateMany({ where, data: { status: "deleting" } });
    if (count > 0) return;
    const row = await db.volume.findUnique({ where: { id } });
    if (row === null) throw fail("VOLUME_NOT_FOUND", { id });
    throw fail("VOLUME_WRONG_STATE", { id, status: row.status, wanted: "'available' or 'error', and not attached" });
  },
});

/** Lets go of all that is attached to a server that is no more. With `terminate`, volumes that were to go with it are given to a worker to delete. */
export async function releaseVolumes(tx: Transaction, serverId: string, { terminate }: { terminate: boolean }): Promise<void> {
  const attached = await tx.volumeAttachment.findMany({ where: { serverId } });
  if (attached.length === 0) return;
  await tx.volumeAttachment.deleteMany({ where: { serverId } });
  for (const { volumeId: id, deleteOnTermination } of attached) {
    const goes = terminate && deleteOnTermination;
    await tx.volume.update({ where: { id }, data: { status: goes ? "deleting" : "available" } });
    if (goes) await enterInquiry(tx, "delete-volume", { volumeId: id });
  }
}
