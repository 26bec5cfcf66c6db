import type { components } from "@ferry/contract";
import type { MigrationRecord } from "../api/migrations.ts";

export type Progress = components["schemas"]["Progress"];
export type Step = components["schemas"]["Step"];

/** What the displays know of one move at one instant: the record, its progress being the newest that was heard of. */
export interface MoveView {
  readonly migration: MigrationRecord;
  /** Milliseconds from the request to now, or to the end. */
  readonly elapsedMs: number;
}

/** The record with the time since its start: until its end, or until `now` (milliseconds since 1970). A clock behind the server's gives 0. */
export function viewAt(migration: MigrationRecord, now: number): MoveView {
  const end = migration.ended_at === null ? now : Date.parse(migration.ended_at);
  return { migration, elapsedMs: Math.max(0, end - Date.parse(migration.created_at)) };
}
