import { formatBytes } from "@ferry/core";
import type { ListedMigration, MigrationRecord, ServerMigration } from "../api/migrations.ts";
import { formatDuration, formatShare } from "../progress/format.ts";
import { viewAt } from "../progress/move-view.ts";
import { renderChecks } from "./checks.ts";
import { escapeSentence } from "./escape.ts";
import type { Style } from "./style.ts";
import { type Cell, renderFields, renderTable } from "./table.ts";

/** Nova's `2026-01-02T03:04:05.123456`, which is UTC, to the second. */
const timeText = (naive: string): string => `${naive.replace(/\.\d+$/, "")}Z`;

/** `names` are those of the servers by their ids; a server that is gone is shown by its id. */
export function migrationsTable(migrations: readonly ListedMigration[], names: ReadonlyMap<string, string>): string {
  if (migrations.length === 0) return "No migrations.";
  const rows = migrations.map((one) => [
    one.id,
    names.get(one.instance_uuid) ?? one.instance_uuid,
    one.status,
    one.source_compute,
    one.dest_compute,
    timeText(one.created_at),
  ]);
  return renderTable(["id", "server", "status", "source", "destination", "created"], rows);
}

export function serverMigrationsTable(migrations: readonly ServerMigration[]): string {
  if (migrations.length === 0) return "No migration of this server is in progress.";
  const rows = migrations.map((one) => [
    one.id,
    one.status,
    one.source_compute,
    one.dest_compute,
    formatShare(one.memory_processed_bytes, one.memory_total_bytes),
    formatShare(one.disk_processed_bytes, one.disk_total_bytes),
    timeText(one.created_at),
  ]);
  return renderTable(["id", "status", "source", "destination", "memory", "disks", "created"], rows);
}

export function serverMigrationFields(one: ServerMigration): string {
  return renderFields([
    ["id", one.id],
    ["uuid", one.uuid],
    ["server", one.server_uuid],
    ["status", one.status],
    ["source", one.source_compute],
    ["destination", one.dest_compute],
    ["memory", formatShare(one.memory_processed_bytes, one.memory_total_bytes)],
    ["disks", formatShare(one.disk_processed_bytes, one.disk_total_bytes)],
    ["created", timeText(one.created_at)],
    ["updated", one.updated_at === null ? null : timeText(one.updated_at)],
  ]);
}

const bytes = (value: number | null | undefined): string | null => (value === null || value === undefined ? null : formatBytes(value));
const duration = (value: number | null | undefined): string | null =>
  value === null || value === undefined ? null : formatDuration(value);

/** What was asked for beside the usual end of a move. */
function outcomeText({ leave, keep_source, tunnelled, unsafe_cache }: MigrationRecord["outcome"]): string | null {
  const words = [
    leave === "as-is" ? null : `left ${leave}`,
    keep_source ? "source keeps its copy" : null,
    tunnelled ? "tunnelled" : null,
    unsafe_cache ? "cached shared disks consented to" : null,
  ].filter((word) => word !== null);
  return words.length === 0 ? null : words.join(", ");
}

function recordFields(record: MigrationRecord, now: number): (readonly [string, Cell])[] {
  const { summary, problem } = record;
  return [
    ["id", record.number],
    ["uuid", record.id],
    ["server", `${record.server_name} (${record.server_id})`],
    ["status", record.pending_work ? `${record.status}, cleaning up is not finished` : record.status],
    ["problem", problem === null ? null : `${problem.code === null ? "" : `${problem.code}: `}${escapeSentence(problem.sentence)}`],
    ["source", record.source_host],
    ["destination", record.destination_host],
    ["asked for", record.requested_host ?? "any host"],
    ["block migration", String(record.block_migration)],
    ["transport", record.transport ?? `${record.transport_asked} (asked)`],
    ["outcome", outcomeText(record.outcome)],
    ["by virsh", record.virsh],
    ["time", formatDuration(viewAt(record, now).elapsedMs)],
    ["transfer time", duration(summary?.total_ms)],
    ["downtime", duration(summary?.downtime_ms)],
    ["memory sent", bytes(summary?.memory_bytes)],
    ["disks sent", bytes(summary?.disk_bytes)],
    ["created", record.created_at],
    ["ended", record.ended_at],
    ["request id", record.request_id],
  ];
}

function stepsTable({ steps }: MigrationRecord): string[] {
  if (steps.length === 0) return [];
  const rows = steps.map((step) => [
    step.phase,
    step.name,
    step.state,
    stepTime(step),
    step.attempts,
    step.problem === null ? null : escapeSentence(step.problem),
  ]);
  return ["", renderTable(["phase", "step", "state", "time", "tries", "problem"], rows)];
}

/** How long the step took; the end of a reverted one is that of its undo, which may come much later, so that is said. */
function stepTime({ state, started_at, ended_at }: MigrationRecord["steps"][number]): string | null {
  if (ended_at === null) return null;
  const time = formatDuration(Date.parse(ended_at) - Date.parse(started_at));
  return state === "undone" || state === "undo-failed" ? `${time} until undone` : time;
}

/** The full record: fields, steps, checks. `now` in milliseconds since 1970. */
export function migrationText(record: MigrationRecord, now: number, style: Style): string {
  const checks = record.checks.length === 0 ? [] : ["", ...renderChecks(record.checks, style)];
  return [renderFields(recordFields(record, now)), ...stepsTable(record), ...checks].join("\n");
}
