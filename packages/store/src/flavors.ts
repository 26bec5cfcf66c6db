import { type FlavorSnapshot, fail } from "@ferry/core";
import type { Database } from "./database.ts";
import { flavorAccess } from "./flavor-access.ts";
import { flavorExtraSpecs } from "./flavor-extra-specs.ts";
import { type FlavorFilter, type FlavorPage, flavorConditions, flavorOrder } from "./flavors-list.ts";
import type { Flavor as FlavorRow } from "./generated/client.ts";
import { Prisma } from "./generated/client.ts";
import { toJson } from "./json.ts";
import { isUniqueViolation } from "./prisma-error.ts";

/** A flavor as it is to be; the database numbers it. */
export interface NewFlavor extends Omit<FlavorSnapshot, "number"> {
  readonly swapMiB: number;
  readonly ephemeralGiB: number;
  readonly rxtxFactor: number;
  readonly isPublic: boolean;
  readonly description: string | null;
}

export interface StoredFlavor extends NewFlavor {
  readonly number: number;
}

export const flavorRecords = (db: Database) => ({
  /** A page in one query. Throws VALIDATION_FAILED for a marker that is unknown. */
  async page(filter: FlavorFilter, page: FlavorPage): Promise<StoredFlavor[]> {
    const { marker, limit, sort } = page;
    if (marker !== undefined && (await db.flavor.count({ where: { id: marker } })) === 0)
      throw fail("VALIDATION_FAILED", { sentence: `marker [${marker}] not found` });
    const { order, after } = flavorOrder(sort, marker);
    const where = Prisma.join([...flavorConditions(filter), ...after], " AND ");
    return await db.$queryRaw<StoredFlavor[]>`SELECT ${columns} FROM flavors f WHERE ${where} ORDER BY ${order} LIMIT ${limit}`;
  },

  /** With `usableBy`: public, or that project's. */
  async find(id: string, usableBy: string | null = null): Promise<StoredFlavor | null> {
    const usable = usableBy === null ? {} : { OR: [{ isPublic: true }, { access: { some: { projectId: usableBy } } }] };
    const row = await db.flavor.findFirst({ where: { id, ...usable } });
    return row && toFlavor(row);
  },

  /** Throws FLAVOR_EXISTS when its id or its name is taken. */
  async add(flavor: NewFlavor): Promise<StoredFlavor> {
    if ((await db.flavor.count({ where: { id: flavor.id } })) > 0) throw fail("FLAVOR_EXISTS", { what: "ID", value: flavor.id });
    try {
      return toFlavor(await db.flavor.create({ data: { ...flavor, extraSpecs: toJson(flavor.extraSpecs) } }));
    } catch (error) {
      if (isUniqueViolation(error)) throw fail("FLAVOR_EXISTS", { what: "name", value: flavor.name }, error);
      throw error;
    }
  },

  /** Throws FLAVOR_NOT_FOUND. */
  async describe(id: string, description: string | null): Promise<StoredFlavor> {
    const [row] = await db.flavor.updateManyAndReturn({ where: { id }, data: { description } });
    if (row === undefined) throw fail("FLAVOR_NOT_FOUND", { id });
    return toFlavor(row);
  },

  /** Servers keep what they were made of. Throws FLAVOR_NOT_FOUND. */
  async remove(id: string): Promise<void> {
    const { count } = await db.flavor.deleteMany({ where: { id } });
    if (count === 0) throw fail("FLAVOR_NOT_FOUND", { id });
  },

  ...flavorExtraSpecs(db),
  ...flavorAccess(db),
});

const columns = Prisma.sql`
  f.id, f.number, f.name, f.memory_mib AS "memoryMiB", f.vcpus, f.root_gib AS "rootGiB", f.swap_mib AS "swapMiB", f.ephemeral_gib AS "ephemeralGiB",
  f.rxtx_factor AS "rxtxFactor", f.is_public AS "isPublic", f.description, f.extra_specs AS "extraSpecs"`;

const toFlavor = ({ createdAt: _created, updatedAt: _updated, extraSpecs, ...row }: FlavorRow): StoredFlavor => ({
  ...row,
  extraSpecs: extraSpecs as Record<string, string>,
});
