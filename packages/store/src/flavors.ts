import { type FlavorSnapshot, fail } from "@ferry/core";
import type { Database } from "./database.ts";
import type { Flavor as FlavorRow, Prisma } from "./generated/client.ts";
import { toJson } from "./json.ts";
import { isUniqueViolation } from "./prisma-error.ts";

export interface StoredFlavor extends FlavorSnapshot {
  readonly isPublic: boolean;
  readonly description: string | null;
}

/** What to list. A missing field does not restrict. */
export interface FlavorFilter {
  readonly isPublic?: boolean;
  readonly minMemoryMiB?: number;
  readonly minRootGiB?: number;
}

export interface FlavorPage {
  readonly limit: number;
  /** Id of the last flavor of the page before. */
  readonly marker?: string;
}

export const flavorRecords = (db: Database) => ({
  /** In the order of their ids. Throws VALIDATION_FAILED for a marker that is unknown. */
  async page(filter: FlavorFilter, { limit, marker }: FlavorPage): Promise<StoredFlavor[]> {
    if (marker !== undefined && (await db.flavor.count({ where: { id: marker } })) === 0)
      throw fail("VALIDATION_FAILED", { sentence: `marker [${marker}] not found` });
    const where: Prisma.FlavorWhereInput = {
      ...(filter.isPublic === undefined ? {} : { isPublic: filter.isPublic }),
      memoryMiB: { gte: filter.minMemoryMiB ?? 0 },
      rootGiB: { gte: filter.minRootGiB ?? 0 },
      ...(marker === undefined ? {} : { id: { gt: marker } }),
    };
    return (await db.flavor.findMany({ where, orderBy: { id: "asc" }, take: limit })).map(toFlavor);
  },

  async find(id: string): Promise<StoredFlavor | null> {
    const row = await db.flavor.findUnique({ where: { id } });
    return row && toFlavor(row);
  },

  /** Throws FLAVOR_EXISTS when its id or its name is taken. */
  async add(flavor: StoredFlavor): Promise<StoredFlavor> {
    if ((await db.flavor.count({ where: { id: flavor.id } })) > 0) throw fail("FLAVOR_EXISTS", { what: "ID", value: flavor.id });
    try {
      return toFlavor(await db.flavor.create({ data: { ...flavor, extraSpecs: toJson(flavor.extraSpecs) } }));
    } catch (error) {
      if (isUniqueViolation(error)) throw fail("FLAVOR_EXISTS", { what: "name", value: flavor.name }, error);
      throw error;
    }
  },

  /** Servers keep what they were made of. Throws FLAVOR_NOT_FOUND. */
  async remove(id: string): Promise<void> {
    const { count } = await db.flavor.deleteMany({ where: { id } });
    if (count === 0) throw fail("FLAVOR_NOT_FOUND", { id });
  },
});

const toFlavor = ({ id, name, memoryMiB, vcpus, rootGiB, isPublic, description, extraSpecs }: FlavorRow): StoredFlavor => ({
  id,
  name,
  memoryMiB,
  vcpus,
  rootGiB,
  isPublic,
  description,
  extraSpecs: extraSpecs as Record<string, string>,
});
