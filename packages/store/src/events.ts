import type { Database, Transaction } from "./database.ts";
import { Prisma } from "./generated/client.ts";

/** What happened, told in the same transaction as the change. `migration.step`: {name, phase, state}; `migration.status`: {status, …}. */
export const eventKinds = [
  "host.added",
  "host.changed",
  "host.removed",
  "server.adopted",
  "server.changed",
  "server.moved",
  "server.gone",
  "migration.accepted",
  "migration.status",
  "migration.destination",
  "migration.checks",
  "migration.transport",
  "migration.step",
  "migration.summary",
  "migration.claim",
  "migration.pending-work",
  "migration.abort-requested",
] as const;
export type EventKind = (typeof eventKinds)[number];

/** An event to be told. `data` is a JSON object small enough to send to every listener. */
export interface NewEvent {
  readonly kind: EventKind;
  readonly serverId?: string | null;
  readonly migrationId?: string | null;
  readonly hostId?: string | null;
  /** Project whose members may see it; null: administrators only. */
  readonly projectId?: string | null;
  readonly data?: Record<string, unknown>;
}

/** An event as it was told. Ids grow by one from each event to the next, in the order of commit. */
export interface StoredEvent {
  readonly id: number;
  readonly kind: EventKind;
  readonly serverId: string | null;
  readonly migrationId: string | null;
  readonly hostId: string | null;
  readonly projectId: string | null;
  readonly data: Record<string, unknown>;
  readonly createdAt: Date;
}

export interface EventFilter {
  readonly serverId?: string;
  readonly migrationId?: string;
  readonly projectId?: string;
}

/**
 * Writes the events as the last statement of a transaction. The counter's row lock is held from here to the commit, which is what makes id order
 * commit order; nothing else may be locked after it, or two transactions could wait for each other. Use `withEvents` instead of calling it.
 */
export async function appendEvents(tx: Transaction, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = JSON.stringify(events.map(toRow));
  await tx.$executeRaw`
    WITH numbers AS (UPDATE event_counter SET last_id = last_id + ${events.length} RETURNING last_id - ${events.length} AS base)
    INSERT INTO events (id, kind, server_id, migration_id, host_id, project_id, data)
    SELECT numbers.base + e.position, e.kind, e.server_id, e.migration_id, e.host_id, e.project_id, e.data
    FROM numbers, ROWS FROM (jsonb_to_recordset(${rows}::jsonb)
      AS (kind text, server_id uuid, migration_id uuid, host_id uuid, project_id text, data jsonb)) WITH ORDINALITY
      AS e (kind, server_id, migration_id, host_id, project_id, data, position)`;
}

const toRow = (event: NewEvent): Record<string, unknown> => ({
  kind: event.kind,
  server_id: event.serverId ?? null,
  migration_id: event.migrationId ?? null,
  host_id: event.hostId ?? null,
  project_id: event.projectId ?? null,
  data: event.data ?? {},
});

/** Two transactions that waited for each other: PostgreSQL ends one of them, and it may be repeated (Prisma's P2034). */
const isDeadlock = (error: unknown): boolean => error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2034";
const attemptsLimit = 4;

/**
 * One transaction whose events are written at its end, in the order they were told. When `work` throws, neither the change nor an event is there. `work` may
 * run again after a deadlock, so it touches nothing but the transaction.
 */
export async function withEvents<T>(
  db: Database,
  work: (tx: Transaction, tell: (event: NewEvent) => void) => Promise<T>,
  { timeoutMs }: { timeoutMs?: number } = {},
): Promise<T> {
  const options = timeoutMs === undefined ? {} : { timeout: timeoutMs };
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.$transaction(async (tx) => {
        const events: NewEvent[] = [];
        const result = await work(tx, (event) => events.push(event));
        await appendEvents(tx, events);
        return result;
      }, options);
    } catch (error) {
      if (!isDeadlock(error) || attempt === attemptsLimit) throw error;
    }
  }
}

export const eventRecords = (db: Database) => ({
  /** Events after that id, oldest first, at most `limit` (default 500). */
  async since(afterId: number, filter: EventFilter = {}, limit = 500): Promise<StoredEvent[]> {
    const rows = await db.event.findMany({ where: { id: { gt: afterId }, ...filter }, orderBy: { id: "asc" }, take: limit });
    return rows.map((row) => ({ ...row, id: Number(row.id), kind: row.kind as EventKind, data: row.data as Record<string, unknown> }));
  },

  /** The newest id; 0 before the first event. A stream that starts now starts after it. */
  async lastId(): Promise<number> {
    return Number((await db.eventCounter.findUniqueOrThrow({ where: { id: 1 } })).lastId);
  },

  /** Removes what is older; returns how many. Ids are not used again. */
  async purge(before: Date): Promise<number> {
    return (await db.event.deleteMany({ where: { createdAt: { lt: before } } })).count;
  },
});
