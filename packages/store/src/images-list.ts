import { fail, type ImageFormat, type ImageStatus } from "@ferry/core";
import type { Database } from "./database.ts";
import type { Prisma } from "./generated/client.ts";
import { type StoredImage, toImage } from "./images.ts";

/** Which images to list; what is missing does not narrow. */
export interface ImageFilter {
  /** Images of this project and public ones; null: of all projects. */
  readonly reach: string | null;
  readonly ids?: readonly string[];
  readonly names?: readonly string[];
  readonly statuses?: readonly ImageStatus[];
  readonly diskFormats?: readonly string[];
  readonly isPublic?: boolean;
  readonly owner?: string;
  readonly isProtected?: boolean;
  readonly isHidden: boolean;
  /** All of them. */
  readonly tags?: readonly string[];
  /** Bytes of the file. */
  readonly leastBytes?: number;
  readonly mostBytes?: number;
  readonly properties?: Readonly<Record<string, string>>;
}

/** By what images can be sorted: all that no image lacks. */
export const imageSortKeys = {
  name: "name",
  status: "status",
  disk_format: "diskFormat",
  id: "id",
  created_at: "createdAt",
  updated_at: "updatedAt",
} as const satisfies Record<string, keyof StoredImage>;

export interface ImageSort {
  readonly key: keyof typeof imageSortKeys;
  readonly direction: "asc" | "desc";
}

export interface ImagePage {
  readonly sort: readonly ImageSort[];
  readonly limit: number;
  /** The image before the first one. */
  readonly marker: string | null;
}

export const imageLists = (db: Database) => ({
  /** One page; ids break ties. Throws IMAGE_NOT_FOUND for a marker that is not there. */
  async page(filter: ImageFilter, { sort, limit, marker }: ImagePage): Promise<StoredImage[]> {
    const orderBy = [...sort.map(({ key, direction }) => ({ [imageSortKeys[key]]: direction })), { id: "desc" as const }];
    if (marker !== null && (await db.image.count({ where: { id: marker } })) === 0) throw fail("IMAGE_NOT_FOUND", { id: marker });
    const query: Prisma.ImageFindManyArgs = { where: conditions(filter), orderBy, take: limit };
    const rows = await db.image.findMany(marker === null ? query : { ...query, cursor: { id: marker }, skip: 1 });
    return rows.map(toImage);
  },
});

function conditions(filter: ImageFilter): Prisma.ImageWhereInput {
  const { reach, ids, names, statuses, diskFormats, isPublic, owner, isProtected, isHidden, tags, leastBytes, mostBytes, properties } =
    filter;
  const every: (Prisma.ImageWhereInput | null)[] = [
    reach === null ? null : { OR: [{ projectId: reach }, { isPublic: true }] },
    ids === undefined ? null : { id: { in: [...ids] } },
    names === undefined ? null : { name: { in: [...names] } },
    statuses === undefined ? null : { status: { in: [...statuses] } },
    diskFormats === undefined ? null : { diskFormat: { in: [...diskFormats] as ImageFormat[] } },
    isPublic === undefined ? null : { isPublic },
    owner === undefined ? null : { projectId: owner },
    isProtected === undefined ? null : { isProtected },
    { isHidden },
    tags === undefined ? null : { tags: { hasEvery: [...tags] } },
    leastBytes === undefined ? null : { sizeBytes: { gte: leastBytes } },
    mostBytes === undefined ? null : { sizeBytes: { lte: mostBytes } },
    ...Object.entries(properties ?? {}).map(([name, equals]) => ({ properties: { path: [name], equals } })),
  ];
  return { AND: every.filter((condition) => condition !== null) };
}
