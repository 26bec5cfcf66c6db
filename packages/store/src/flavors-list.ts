import { Prisma } from "./generated/client.ts";

/** What to list. A missing field does not restrict. */
export interface FlavorFilter {
  readonly isPublic?: boolean;
  /** With `isPublic` true: also those that this project may use. */
  readonly projectId?: string;
  readonly minMemoryMiB?: number;
  readonly minRootGiB?: number;
}

/** Nova's sort keys: the columns of its table of flavors. All flavors are enabled and weigh the same. */
const sortColumns = {
  created_at: Prisma.sql`f.created_at`,
  updated_at: Prisma.sql`f.updated_at`,
  description: Prisma.sql`coalesce(f.description, '')`,
  disabled: Prisma.sql`FALSE`,
  ephemeral_gb: Prisma.sql`f.ephemeral_gib`,
  flavorid: Prisma.sql`f.id COLLATE "C"`,
  id: Prisma.sql`f.number`,
  is_public: Prisma.sql`f.is_public`,
  memory_mb: Prisma.sql`f.memory_mib`,
  name: Prisma.sql`f.name COLLATE "C"`,
  root_gb: Prisma.sql`f.root_gib`,
  rxtx_factor: Prisma.sql`f.rxtx_factor`,
  swap: Prisma.sql`f.swap_mib`,
  vcpu_weight: Prisma.sql`0`,
  vcpus: Prisma.sql`f.vcpus`,
} as const;
export type FlavorSortKey = keyof typeof sortColumns;

export interface FlavorSort {
  readonly key: FlavorSortKey;
  readonly direction: "asc" | "desc";
}

export interface FlavorPage {
  readonly limit: number;
  /** Id of the last flavor of the page before. */
  readonly marker?: string;
  readonly sort: FlavorSort;
}

/** At least one condition. */
export function flavorConditions({ isPublic, projectId, minMemoryMiB = 0, minRootGiB = 0 }: FlavorFilter): Prisma.Sql[] {
  const sizes = Prisma.sql`f.memory_mib >= ${minMemoryMiB} AND f.root_gib >= ${minRootGiB}`;
  if (isPublic === undefined) return [sizes];
  const own = Prisma.sql`EXISTS (SELECT 1 FROM flavor_access a WHERE a.flavor_id = f.id AND a.project_id = ${projectId ?? ""})`;
  return [sizes, isPublic ? Prisma.sql`(f.is_public OR ${own})` : Prisma.sql`NOT f.is_public`];
}

/** Equal values are in the order of the numbers, so that no page repeats or leaves out a flavor. */
export function flavorOrder({ key, direction }: FlavorSort, marker?: string): { order: Prisma.Sql; after: Prisma.Sql[] } {
  const column = sortColumns[key];
  const [word, sign] = direction === "asc" ? [Prisma.sql`ASC`, Prisma.sql`>`] : [Prisma.sql`DESC`, Prisma.sql`<`];
  const order = Prisma.sql`${column} ${word}, f.number ${word}`;
  if (marker === undefined) return { order, after: [] };
  return { order, after: [Prisma.sql`(${column}, f.number) ${sign} (SELECT ${column}, f.number FROM flavors f WHERE f.id = ${marker})`] };
}
