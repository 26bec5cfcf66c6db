import type { MigrationRecord } from "../api/migrations.ts";
import type { ExitCode } from "../exit-codes.ts";
import { changesBetween } from "./changes.ts";
import type { MoveView, Progress } from "./move-view.ts";

/** One line of the `--json` output of a move, in the words of the API. `result` is the last one. */
export type JsonLine =
  | { readonly type: "status"; readonly elapsed_ms: number; readonly status: string; readonly destination_host: string | null }
  | {
      readonly type: "step";
      readonly elapsed_ms: number;
      readonly phase: string;
      readonly name: string;
      readonly state: string;
      readonly problem: string | null;
    }
  | { readonly type: "progress"; readonly elapsed_ms: number; readonly progress: Progress | null }
  | { readonly type: "result"; readonly elapsed_ms: number; readonly exit_code: ExitCode; readonly migration: MigrationRecord };

/** What is new between two looks at a move, one object per change. */
export function jsonLines(before: MoveView | null, now: MoveView): JsonLine[] {
  const { elapsedMs: elapsed_ms, migration } = now;
  const changes = changesBetween(before, now);
  const { status, destination_host, progress } = migration;
  const lines: JsonLine[] = changes.steps.map(({ phase, name, state, problem }) => ({
    type: "step",
    elapsed_ms,
    phase,
    name,
    state,
    problem,
  }));
  if (changes.status || changes.destination) lines.push({ type: "status", elapsed_ms, status, destination_host });
  if (changes.progress) lines.push({ type: "progress", elapsed_ms, progress });
  return lines;
}
