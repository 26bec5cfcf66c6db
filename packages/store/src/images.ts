import { randomUUID } from "node:crypto";
import { fail, type HostId, hostId, type ImageFile, type ImageFormat, type ImageStatus, SECOND } from "@ferry/core";
import type { Database } from "./database.ts";
import { type Image as ImageRow, Prisma } from "./generated/client.ts";
import { isUniqueViolation } from "./prisma-error.ts";

/** Who makes an image, and what of it is known before its content. */
export interface NewImage extends Partial<ImageDetails> {
  /** Missing: one is made. */
  readonly id?: string;
  readonly name: string;
  readonly projectId: string;
  readonly isPublic: boolean;
  readonly diskFormat: ImageFormat;
  readonly minDiskGiB: number;
  readonly minRamMiB: number;
  /** A file in a pool of a host; null: the content will be uploaded. */
  readonly source: { readonly hostId: HostId; readonly path: string } | null;
}

/** What its owner says of an image, and may change. */
export interface ImageDetails {
  /** It is not deleted until this is taken back. */
  readonly isProtected: boolean;
  /** It is left out of lists that do not ask for hidden ones. */
  readonly isHidden: boolean;
  readonly tags: readonly string[];
  /** Further texts by name. */
  readonly properties: Readonly<Record<string, string>>;
}

/** What may be changed of an image that is there. */
export type ImageChange = Pick<StoredImage, "name" | "isPublic" | "minDiskGiB" | "minRamMiB" | keyof ImageDetails>;

export interface StoredImage extends Omit<NewImage, "id" | keyof ImageDetails>, ImageDetails {
  readonly id: string;
  readonly status: ImageStatus;
  /** Public sentence: why it was refused. */
  readonly problem: string | null;
  readonly sha256: string | null;
  /** MD5, hex; null for images that were read before it was kept. */
  readonly checksum: string | null;
  readonly sizeBytes: number | null;
  readonly virtualBytes: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What reading the whole file has told. */
export type ImageContent = Pick<ImageFile, "sha256" | "sizeBytes" | "virtualBytes"> & { readonly checksum?: string };

/** The topic of the job that reads an image on a host for the first time; its key is the image's id. */
export const importImageTopic = "import-image";

/** Who reads an image renews its right at least this often. */
const leaseMs = 60 * SECOND;

export const imageRecords = (db: Database) => ({
  /** Enters the image; the job that reads one of a host is in the same transaction. Throws IMAGE_EXISTS when the id is taken. */
  async add({ source, id = randomUUID(), tags = [], ...image }: NewImage): Promise<StoredImage> {
    const place = { sourceHostId: source?.hostId ?? null, sourcePath: source?.path ?? null };
    const data = { id, ...image, tags: [...tags], ...place, status: source === null ? "queued" : "importing" };
    const job = source === null ? [] : [db.outbox.create({ data: { topic: importImageTopic, key: id } })];
    try {
      const [row] = await db.$transaction([db.image.create({ data }), ...job]);
      return toImage(row);
    } catch (error) {
      throw isUniqueViolation(error) ? fail("IMAGE_EXISTS", { id }) : error;
    }
  },

  /** Changes of the image what `decide` says, seeing it as it is now; nobody else changes it meanwhile. Throws IMAGE_NOT_FOUND, and what `decide` throws. */
  async change(id: string, decide: (image: StoredImage) => Partial<ImageChange>): Promise<StoredImage> {
    return await db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM images WHERE id = ${id}::uuid FOR UPDATE`;
      const row = await tx.image.findUnique({ where: { id } });
      if (row === null) throw fail("IMAGE_NOT_FOUND", { id });
      const { tags, ...change } = decide(toImage(row));
      await tx.image.update({ where: { id }, data: { ...change, ...(tags === undefined ? {} : { tags: [...tags] }) } });
      return toImage(await tx.image.findUniqueOrThrow({ where: { id } }));
    });
  },

  async find(id: string): Promise<StoredImage | null> {
    const row = await db.image.findUnique({ where: { id } });
    return row && toImage(row);
  },

  /** All that the project may use, by name; null: of all projects. */
  async list(projectId: string | null): Promise<StoredImage[]> {
    const where = projectId === null ? {} : { OR: [{ projectId }, { isPublic: true }] };
    return (await db.image.findMany({ where, orderBy: [{ name: "asc" }, { id: "asc" }] })).map(toImage);
  },

  /** Throws IMAGE_NOT_FOUND, IMAGE_PROTECTED, and IMAGE_IN_USE while a server is being made of it. Servers that were made of it stay. */
  async remove(id: string): Promise<void> {
    const servers = await db.server.count({ where: { imageId: id, build: { not: Prisma.DbNull } } });
    if (servers > 0) throw fail("IMAGE_IN_USE", { id, servers });
    const { count } = await db.image.deleteMany({ where: { id, isProtected: false } });
    if (count > 0) return;
    throw (await db.image.count({ where: { id } })) > 0 ? fail("IMAGE_PROTECTED", { id }) : fail("IMAGE_NOT_FOUND", { id });
  },

  /** The right to write its content, which makes earlier pieces worthless: only one has it at a time. Throws IMAGE_WRONG_STATE. */
  async beginUpload(id: string): Promise<void> {
    const began = await db.$executeRaw`
      UPDATE images SET status = 'importing', problem = NULL, lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
      WHERE id = ${id}::uuid AND source_host_id IS NULL AND (status IN ('queued', 'killed') OR (status = 'importing' AND lease_until < clock_timestamp()))`;
    if (began === 0) {
      const { status } = await db.image.findUniqueOrThrow({ where: { id }, select: { status: true } });
      throw fail("IMAGE_WRONG_STATE", { action: "upload the content of", id, status, wanted: "queued or killed" });
    }
    await db.imageChunk.deleteMany({ where: { imageId: id } });
  },

  /** One piece, in the order of `number` from 0. */
  async saveChunk(id: string, number: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await db.imageChunk.create({ data: { imageId: id, number, bytes } });
    await renew(db, id);
  },

  /** The right to read a host's file for the first time: null when another worker has it, or nothing is left to read. */
  async beginImport(id: string): Promise<StoredImage | null> {
    const began = await db.$executeRaw`
      UPDATE images SET lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
      WHERE id = ${id}::uuid AND source_host_id IS NOT NULL AND status = 'importing' AND (lease_until IS NULL OR lease_until < clock_timestamp())`;
    if (began === 0) return null;
    return toImage(await db.image.findUniqueOrThrow({ where: { id } }));
  },

  renew: (id: string): Promise<void> => renew(db, id),

  /** Its content is whole and was checked. */
  async activate(id: string, content: ImageContent): Promise<void> {
    const { sha256, checksum = null, sizeBytes, virtualBytes } = content;
    const sizes = { sizeBytes: BigInt(sizeBytes), virtualBytes: BigInt(virtualBytes) };
    await db.image.updateMany({ where: { id }, data: { status: "active", sha256, checksum, ...sizes, problem: null, leaseUntil: null } });
  },

  /** Its content is not to be used: it goes, and the reason stays. An upload that broke off leaves `queued`. */
  async refuse(id: string, status: "killed" | "queued", problem: string): Promise<void> {
    await db.imageChunk.deleteMany({ where: { imageId: id } });
    await db.image.updateMany({ where: { id }, data: { status, problem, leaseUntil: null } });
  },

  /** Uploaded content, piece by piece. */
  async *content(id: string): AsyncGenerator<Uint8Array, void> {
    for (let number = 0; ; number++) {
      const chunk = await db.imageChunk.findUnique({ where: { imageId_number: { imageId: id, number } } });
      if (chunk === null) return;
      yield chunk.bytes;
    }
  },

  /** Ids of images of hosts that nobody reads and that are not read yet. */
  async unread(): Promise<string[]> {
    const rows = await db.$queryRaw<{ id: string }[]>`
      SELECT id FROM images WHERE status = 'importing' AND source_host_id IS NOT NULL AND (lease_until IS NULL OR lease_until < clock_timestamp())
        AND created_at < now() - interval '5 s' ORDER BY created_at`;
    return rows.map((row) => row.id);
  },
});

async function renew(db: Database, id: string): Promise<void> {
  await db.$executeRaw`
    UPDATE images SET lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond' WHERE id = ${id}::uuid AND status = 'importing'`;
}

const orNull = (value: bigint | null): number | null => (value === null ? null : Number(value));

export const toImage = ({ sourceHostId, sourcePath, leaseUntil, ...row }: ImageRow): StoredImage => ({
  ...row,
  diskFormat: row.diskFormat as ImageFormat,
  status: row.status as ImageStatus,
  properties: row.properties as Record<string, string>,
  sizeBytes: orNull(row.sizeBytes),
  virtualBytes: orNull(row.virtualBytes),
  source: sourceHostId === null || sourcePath === null ? null : { hostId: hostId(sourceHostId), path: sourcePath },
});
