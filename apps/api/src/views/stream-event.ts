import type { MigrationProgress, TransferSummary } from "@ferry/core";
import type { StoredEvent } from "@ferry/store";
import { progressView, summaryView } from "./ferry-migration.ts";

/** The data of one server-sent event. */
export interface StreamEventView {
  readonly id?: string;
  readonly kind: string;
  readonly server_id: string | null;
  readonly migration_id: string | null;
  readonly host_id: string | null;
  readonly data: object;
  readonly created_at: string;
}

/**
 * What of an event's data may be told to somebody who may not see hosts: kind -> keys. The data of kinds that are not here, and of keys that are
 * not listed, names hosts or quotes sentences that do.
 */
const openKeys: Readonly<Record<string, readonly string[]>> = {
  "server.changed": ["task_state", "vm_state", "name"],
  "server.moved": ["vm_state", "name"],
  "migration.accepted": ["number", "status"],
  "migration.status": ["status", "from", "code"],
  "migration.step": ["name", "phase", "state"],
  "migration.transport": ["transport"],
  "migration.abort-requested": ["number"],
  "migration.pending-work": ["pending"],
};

/** A kept event. `details`: whether hosts may be told. */
export function storedEventView(event: StoredEvent, details: boolean): StreamEventView {
  return {
    id: String(event.id),
    kind: event.kind,
    server_id: event.serverId,
    migration_id: event.migrationId,
    host_id: details ? event.hostId : null,
    data: dataView(event, details),
    created_at: event.createdAt.toISOString(),
  };
}

function dataView({ kind, data }: StoredEvent, details: boolean): object {
  if (kind === "migration.summary") return summaryView(data as unknown as TransferSummary);
  if (details) return data;
  const keys = openKeys[kind] ?? [];
  return Object.fromEntries(Object.entries(data).filter(([key]) => keys.includes(key)));
}

/** Live progress, which is not kept and has no id. */
export function progressEventView(migrationId: string, serverId: string | null, progress: MigrationProgress, now: Date): StreamEventView {
  return {
    kind: "migration.progress",
    server_id: serverId,
    migration_id: migrationId,
    host_id: null,
    data: progressView(progress),
    created_at: now.toISOString(),
  };
}
