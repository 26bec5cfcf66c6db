import { fail, type HostId } from "@ferry/core";
import type { Transaction } from "./database.ts";

/** A server's row as it is while this transaction holds its lock. */
export interface KnownServer {
  readonly id: string;
  readonly name: string;
  readonly instanceName: string;
  readonly hostId: string;
  readonly projectId: string;
  readonly vmState: string;
  readonly powerState: number;
  readonly persistent: boolean;
  readonly definition: unknown;
  readonly launchedAt: Date | null;
  /** A migration of it is not finished. */
  readonly moving: boolean;
  /** It was to be made, and never was. */
  readonly unmade: boolean;
  /** An action on it is not finished. */
  readonly busy: boolean;
  /** Written after the host was asked. */
  readonly newer: boolean;
}

/** Locks the host against removal. Throws HOST_NOT_FOUND. */
export async function keepHost(tx: Transaction, id: HostId): Promise<void> {
  const rows = await tx.$queryRaw<unknown[]>`SELECT 1 FROM hosts WHERE id = ${id}::uuid FOR KEY SHARE`;
  if (rows.length === 0) throw fail("HOST_NOT_FOUND", { id });
}

/** The servers of that host and those of these ids, by id. */
export async function lockServersOfHost(
  tx: Transaction,
  hostId: HostId,
  ids: readonly string[],
  asOf: Date,
): Promise<Map<string, KnownServer>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM servers WHERE host_id = ${hostId}::uuid OR id = ANY (${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  const locked = rows.map((row) => row.id);
  return await readLocked(tx, locked, asOf);
}

/** The servers of these ids, by id. */
export async function lockServers(tx: Transaction, ids: readonly string[]): Promise<Map<string, KnownServer>> {
  await tx.$queryRaw`SELECT id FROM servers WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  return await readLocked(tx, ids, null);
}

/**
 * Reads what was locked by the statement before. In one statement with the lock, the look into slots and tasks would see what was there before the wait for
 * the lock, and miss the migration or action that was waited for.
 */
async function readLocked(tx: Transaction, ids: readonly string[], asOf: Date | null): Promise<Map<string, KnownServer>> {
  const rows = await tx.$queryRaw<KnownServer[]>`
    SELECT s.id, s.name, s.instance_name AS "instanceName", s.host_id AS "hostId", s.project_id AS "projectId", s.vm_state AS "vmState", s.power_state AS "powerState",
      s.persistent, s.definition, s.launched_at AS "launchedAt",
      s.image_id IS NOT NULL AND s.launched_at IS NULL AS unmade,
      EXISTS (SELECT 1 FROM migration_slots m WHERE m.server_id = s.id) AS moving,
      EXISTS (SELECT 1 FROM server_tasks t WHERE t.server_id = s.id) AS busy,
      coalesce(s.updated_at > ${asOf}::timestamptz, false) AS newer
    FROM servers s WHERE s.id = ANY (${ids}::uuid[]) ORDER BY s.id`;
  return new Map(rows.map((row) => [row.id, row]));
}
