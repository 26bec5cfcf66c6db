import { fail, inProgressStatuses, type MigrationProgress, type MigrationStatus } from "@ferry/core";
import type { Database } from "./database.ts";
import { Prisma } from "./generated/client.ts";

/** A migration as the lists of Nova's API show it. */
export interface MigrationRow {
  readonly id: string;
  readonly number: number;
  readonly serverId: string;
  readonly status: MigrationStatus;
  readonly migrationType: string;
  readonly sourceHost: string;
  readonly sourceNode: string;
  readonly destinationHost: string | null;
  readonly destinationNode: string | null;
  /** Numbers of the flavors, of a resize; null: not one, or of a server that had none. */
  readonly oldFlavor: number | null;
  readonly newFlavor: number | null;
  readonly progress: MigrationProgress | null;
  readonly userId: string;
  readonly projectId: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What to list. A missing field does not restrict. */
export interface MigrationFilter {
  readonly number?: number;
  readonly serverId?: string;
  /** Live migrations that Nova counts as under way. */
  readonly inProgress?: boolean;
  readonly status?: string;
  readonly migrationType?: string;
  /** Source or destination. */
  readonly host?: string;
  readonly sourceHost?: string;
  readonly changedSince?: Date;
  readonly changedBefore?: Date;
  readonly userId?: string;
  readonly projectId?: string;
}

export interface MigrationPage {
  readonly limit: number;
  /** Uuid of the last migration of the page before; only with `newest`. */
  readonly marker?: string;
  /** newest: by creation time, the newest first; number: as they were made. */
  readonly order: "newest" | "number";
}

const columns = Prisma.sql`
  m.id, m.number, m.server_id AS "serverId", m.status, m.migration_type AS "migrationType", m.source_host AS "sourceHost",
  COALESCE(f.facts->>'hostname', m.source_host) AS "sourceNode", m.destination_host AS "destinationHost",
  COALESCE(t.facts->>'hostname', m.destination_host) AS "destinationNode", m.progress,
  (m.resize #>> '{from,flavor,number}')::int AS "oldFlavor", (m.resize #>> '{to,number}')::int AS "newFlavor", m.user_id AS "userId",
  m.project_id AS "projectId", m.created_at AS "createdAt", m.updated_at AS "updatedAt"`;

const tables = Prisma.sql`
  migrations m LEFT JOIN hosts f ON f.id = m.source_host_id LEFT JOIN hosts t ON t.id = m.destination_host_id`;

export const migrationLists = (db: Database) => ({
  /** A page of migrations in one query. Throws VALIDATION_FAILED for an unknown marker. */
  async page(filter: MigrationFilter, page: MigrationPage): Promise<MigrationRow[]> {
    const where = Prisma.join(conditions(filter), " AND ");
    const order = page.order === "newest" ? Prisma.sql`m.created_at DESC, m.id DESC` : Prisma.sql`m.number`;
    const after = page.marker === undefined ? Prisma.empty : Prisma.sql`AND ${afterMarker(await known(db, page.marker))}`;
    return await db.$queryRaw<MigrationRow[]>`
      SELECT ${columns} FROM ${tables} WHERE ${where} ${after} ORDER BY ${order} LIMIT ${page.limit}`;
  },

  /** The whole record with its steps in order, by uuid or by number; null when there is none. */
  async record(key: { id: string } | { number: number }) {
    return await db.migration.findUnique({
      where: key,
      include: { steps: { orderBy: { position: "asc" } }, server: { select: { projectId: true } } },
    });
  },

  /** Status and problem, for whoever waits for a verdict; null when there is none. */
  async state(id: string): Promise<{ status: MigrationStatus; problem: string | null; problemCode: string | null } | null> {
    const row = await db.migration.findUnique({ where: { id }, select: { status: true, problem: true, problemCode: true } });
    return row === null ? null : { ...row, status: row.status as MigrationStatus };
  },
});

/** The whole record of one migration. */
export type MigrationFullRow = NonNullable<Awaited<ReturnType<ReturnType<typeof migrationLists>["record"]>>>;

async function known(db: Database, marker: string): Promise<string> {
  const found = await db.migration.count({ where: { id: marker } });
  if (found === 0) throw fail("VALIDATION_FAILED", { sentence: `Marker ${marker} could not be found.` });
  return marker;
}

const afterMarker = (marker: string): Prisma.Sql =>
  Prisma.sql`(m.created_at, m.id) < (SELECT created_at, id FROM migrations WHERE id = ${marker}::uuid)`;

function conditions(filter: MigrationFilter): Prisma.Sql[] {
  const all: (Prisma.Sql | false)[] = [
    Prisma.sql`TRUE`,
    filter.number !== undefined && Prisma.sql`m.number = ${filter.number}`,
    filter.serverId !== undefined && Prisma.sql`m.server_id::text = ${filter.serverId}`,
    filter.inProgress === true && Prisma.sql`m.migration_type = 'live-migration' AND m.status = ANY(${[...inProgressStatuses]})`,
    filter.status !== undefined && Prisma.sql`m.status = ${filter.status}`,
    filter.migrationType !== undefined && Prisma.sql`m.migration_type = ${filter.migrationType}`,
    filter.host !== undefined && Prisma.sql`(m.source_host = ${filter.host} OR m.destination_host = ${filter.host})`,
    filter.sourceHost !== undefined && Prisma.sql`m.source_host = ${filter.sourceHost}`,
    filter.changedSince !== undefined && Prisma.sql`m.updated_at >= ${filter.changedSince}`,
    filter.changedBefore !== undefined && Prisma.sql`m.updated_at <= ${filter.changedBefore}`,
    filter.userId !== undefined && Prisma.sql`m.user_id = ${filter.userId}`,
    filter.projectId !== undefined && Prisma.sql`m.project_id = ${filter.projectId}`,
  ];
  return all.filter((condition) => condition !== false);
}
