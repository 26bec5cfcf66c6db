import { formatBytes } from "@ferry/core";
import type { MigrationRecord } from "../api/migrations.ts";
import { type ExitCode, exitCodeOfError, exitCodes } from "../exit-codes.ts";
import { escapeControls, escapeSentence } from "../output/escape.ts";
import { formatDuration } from "./format.ts";
import type { MoveView } from "./move-view.ts";
import { routeText } from "./route.ts";

/** `finished` waits to be confirmed or taken back. */
const goodEnds: readonly MigrationRecord["status"][] = ["completed", "finished", "done", "confirmed", "reverted"];

/** The exit code for a move that has ended. */
export function exitCodeOfMove({ status, problem }: MigrationRecord): ExitCode {
  if (goodEnds.includes(status)) return exitCodes.ok;
  if (status === "cancelled") return exitCodes.cancelled;
  return exitCodeOfError(problem?.code ?? null);
}

const known = (value: number | null | undefined, format: (value: number) => string): string =>
  value === null || value === undefined ? "unknown" : format(value);

/** `total 4.2 s, downtime 56 ms, memory 240 MiB, disks 1 GiB`. */
function figures({ migration: { summary }, elapsedMs }: MoveView): string {
  return [
    `total ${formatDuration(elapsedMs)}`,
    `downtime ${known(summary?.downtime_ms, formatDuration)}`,
    `memory ${known(summary?.memory_bytes, formatBytes)}`,
    `disks ${known(summary?.disk_bytes, formatBytes)}`,
  ].join(", ");
}

function verdict(migration: MigrationRecord): string {
  if (migration.status === "cancelled") return "was cancelled";
  return exitCodeOfMove(migration) === exitCodes.refused ? "was refused" : `ended as ${migration.status}`;
}

/** What the owner of a cold migration has to do next. */
function verdictHint({ status, server_name }: MigrationRecord): string {
  if (status !== "finished") return "";
  const name = escapeControls(server_name);
  return ` The source keeps its disks: look whether all is well, then "ferry resize-confirm ${name}"; or "ferry resize-revert ${name}".`;
}

/** The one line that ends the display of a move. */
export function summaryLine(view: MoveView): string {
  const { migration } = view;
  const name = escapeControls(migration.server_name);
  const pending = migration.pending_work ? " Cleaning up is not finished; ferry repeats it." : "";
  if (migration.status === "reverted") return `took the move of ${name} back (${routeText(view)}).${pending}`;
  if (migration.mode === "evacuate" && goodEnds.includes(migration.status)) return `evacuated ${name} (${routeText(view)}).${pending}`;
  if (goodEnds.includes(migration.status)) return `moved ${name}: ${figures(view)}, ${routeText(view)}.${verdictHint(migration)}${pending}`;
  const code = migration.problem?.code ?? null;
  const reason = migration.problem === null ? "" : ` ${code === null ? "" : `${code}: `}${escapeSentence(migration.problem.sentence)}`;
  return `migration ${migration.number} of ${name} (${routeText(view)}) ${verdict(migration)} after ${formatDuration(view.elapsedMs)}.${reason}${pending}`;
}
