import { randomUUID } from "node:crypto";
import { fail, type HostId } from "@ferry/core";
import type { Database, Transaction } from "./database.ts";
import type { Prisma } from "./generated/client.ts";
import { toJson } from "./json.ts";
import { isUniqueViolation } from "./prisma-error.ts";

export interface StoredAggregate {
  readonly id: number;
  readonly uuid: string;
  readonly name: string;
  /** The zone of its hosts; null: it is no zone. */
  readonly availabilityZone: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  /** Names of its hosts, in alphabetical order. */
  readonly hosts: readonly string[];
  readonly createdAt: Date;
  /** Null until it is changed. */
  readonly updatedAt: Date | null;
}

/** What is left out stays. */
export interface AggregateChange {
  readonly name?: string;
  readonly availabilityZone?: string | null;
}

const zoneKey = "availability_zone";
const withHosts = {
  hosts: { select: { host: { select: { name: true } } }, orderBy: { host: { name: "asc" } } },
} satisfies Prisma.AggregateInclude;

/** An aggregate's row is locked before the rows of hosts, and these in the order of their ids: no two changes wait for each other. */
export const aggregateRecords = (db: Database) => ({
  /** All of them, in the order in which they were made. */
  async list(): Promise<StoredAggregate[]> {
    return (await db.aggregate.findMany({ include: withHosts, orderBy: { id: "asc" } })).map(toAggregate);
  },

  /** Null when there is none of that number. */
  async find(id: number): Promise<StoredAggregate | null> {
    const row = await db.aggregate.findUnique({ where: { id }, include: withHosts });
    return row && toAggregate(row);
  },

  /** Throws AGGREGATE_EXISTS. */
  async add(name: string, availabilityZone: string | null): Promise<StoredAggregate> {
    const data = { uuid: randomUUID(), name, availabilityZone };
    return await unlessTaken(name, async () => toAggregate(await db.aggregate.create({ data, include: withHosts })));
  },

  /** Throws AGGREGATE_NOT_FOUND, AGGREGATE_EXISTS, AGGREGATE_ZONES when one of its hosts would be in two zones. */
  async change(id: number, change: AggregateChange): Promise<StoredAggregate> {
    const work = (tx: Transaction) => save(tx, id, change);
    return await unlessTaken(change.name ?? "", () => inAggregate(db, id, work));
  },

  /** A key without a value goes. The key `availability_zone` is the zone. Throws as `change`. */
  async setMetadata(id: number, changes: Readonly<Record<string, string | null>>): Promise<StoredAggregate> {
    const { [zoneKey]: zone, ...others } = changes;
    return await inAggregate(db, id, async (tx, { metadata }) => {
      const kept = Object.entries({ ...metadata, ...others }).filter(([, value]) => value !== null);
      await tx.aggregate.update({ where: { id }, data: { metadata: toJson(Object.fromEntries(kept)) } });
      await save(tx, id, zone === undefined ? {} : { availabilityZone: zone });
    });
  },

  /** Throws AGGREGATE_NOT_FOUND, AGGREGATE_NOT_EMPTY. */
  async remove(id: number): Promise<void> {
    await db.$transaction(async (tx) => {
      const { hosts } = await lock(tx, id);
      if (hosts.length > 0) throw fail("AGGREGATE_NOT_EMPTY", { id });
      await tx.aggregate.delete({ where: { id } });
    });
  },

  /** Throws AGGREGATE_NOT_FOUND, AGGREGATE_HOST_EXISTS, AGGREGATE_ZONES when it is in another zone already. */
  async addHost(id: number, host: { readonly id: HostId; readonly name: string }): Promise<StoredAggregate> {
    return await inAggregate(db, id, async (tx, { hosts }) => {
      if (hosts.includes(host.name)) throw fail("AGGREGATE_HOST_EXISTS", { id, host: host.name });
      await tx.aggregateHost.create({ data: { aggregateId: id, hostId: host.id } });
      await save(tx, id, {});
    });
  },

  /** Throws AGGREGATE_NOT_FOUND, AGGREGATE_HOST_NOT_FOUND. */
  async removeHost(id: number, name: string): Promise<StoredAggregate> {
    return await inAggregate(db, id, async (tx) => {
      const { count } = await tx.aggregateHost.deleteMany({ where: { aggregateId: id, host: { name } } });
      if (count === 0) throw fail("AGGREGATE_HOST_NOT_FOUND", { id, host: name });
      await save(tx, id, {});
    });
  },
});

/** Does the work with the aggregate locked, and gives what has become of it. */
async function inAggregate(
  db: Database,
  id: number,
  work: (tx: Transaction, before: StoredAggregate) => Promise<void>,
): Promise<StoredAggregate> {
  return await db.$transaction(async (tx) => {
    await work(tx, await lock(tx, id));
    return toAggregate(await tx.aggregate.findUniqueOrThrow({ where: { id }, include: withHosts }));
  });
}

async function lock(tx: Transaction, id: number): Promise<StoredAggregate> {
  await tx.$queryRaw`SELECT 1 FROM aggregates WHERE id = ${id} FOR UPDATE`;
  const row = await tx.aggregate.findUnique({ where: { id }, include: withHosts });
  if (row === null) throw fail("AGGREGATE_NOT_FOUND", { id });
  return toAggregate(row);
}

async function save(tx: Transaction, id: number, change: AggregateChange): Promise<void> {
  await tx.aggregate.update({ where: { id }, data: { ...change, updatedAt: new Date() } });
  await tx.$queryRaw`
    SELECT 1 FROM hosts WHERE id IN (SELECT host_id FROM aggregate_hosts WHERE aggregate_id = ${id}) ORDER BY id FOR NO KEY UPDATE`;
  const torn = await tx.$queryRaw<{ host: string; zones: string[] }[]>`
    SELECT h.name AS host, array_agg(DISTINCT a.availability_zone ORDER BY a.availability_zone) AS zones
    FROM aggregate_hosts m JOIN aggregate_hosts o ON o.host_id = m.host_id JOIN aggregates a ON a.id = o.aggregate_id JOIN hosts h ON h.id = m.host_id
    WHERE m.aggregate_id = ${id} AND a.availability_zone IS NOT NULL
    GROUP BY h.name HAVING count(DISTINCT a.availability_zone) > 1 ORDER BY h.name LIMIT 1`;
  const [first] = torn;
  if (first !== undefined) throw fail("AGGREGATE_ZONES", { id, host: first.host, zones: first.zones.join(" and ") });
}

async function unlessTaken<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error)) throw fail("AGGREGATE_EXISTS", { name }, error);
    throw error;
  }
}

type AggregateRow = Prisma.AggregateGetPayload<{ include: typeof withHosts }>;

const toAggregate = ({ hosts, metadata, ...row }: AggregateRow): StoredAggregate => ({
  ...row,
  metadata: metadata as Record<string, string>,
  hosts: hosts.map(({ host }) => host.name),
});
