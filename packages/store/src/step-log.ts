import { type ErrorCode, fail, type Lease, type Phase, type StepLog, type StepRecord, type StepState } from "@ferry/core";
import type { Database } from "./database.ts";
import { Prisma } from "./generated/client.ts";

/**
 * The log of a plan's run. A write is one statement, hence one round trip: it locks the migration under the lease's token, ends a step, starts a step, and
 * tells the events. A step that starts again keeps its place and counts an attempt.
 */
export const stepLog = (db: Database, lease: Lease): StepLog => ({
  async records(): Promise<StepRecord[]> {
    const rows = await db.migrationStep.findMany({ where: { migrationId: lease.migrationId }, orderBy: { position: "asc" } });
    return rows.map(({ name, phase, state, output, problem, problemCode, undoProblem, attempts }) => ({
      name,
      phase: phase as Phase,
      state: state as StepState,
      output,
      problem,
      problemCode: problemCode as ErrorCode | null,
      undoProblem,
      attempts,
    }));
  },

  started: (step) => write(db, lease, { start: step }),
  done: ({ name, output }, next) => write(db, lease, { end: { name, state: "done", output }, ...(next && { start: next }) }),
  failed: (failure) => write(db, lease, { end: { state: "failed", ...failure } }),
  undone: ({ name }) => write(db, lease, { end: { name, state: "undone" } }),
  undoFailed: ({ name, problem }) => write(db, lease, { end: { name, state: "undo-failed", problem } }),
});

interface End {
  readonly name: string;
  readonly state: StepState;
  readonly output?: unknown;
  /** Of the step when it failed, of its undo when that failed. */
  readonly problem?: string;
  readonly code?: ErrorCode;
}

interface Start {
  readonly name: string;
  readonly phase: Phase;
}

/** Only `done` writes the output: an undo needs it later, also after it failed once. Why a step failed stays known whatever its undo comes to. */
function ending({ name, state, output, ...given }: End): Prisma.Sql {
  const [problem, code] = [given.problem ?? null, given.code ?? null];
  const outputJson = state === "done" ? JSON.stringify(output ?? null) : null;
  const [failure, undoFailure] = state === "undo-failed" ? [null, problem] : [problem, null];
  return Prisma.sql`
    UPDATE migration_steps s
    SET state = ${state}, problem = coalesce(${failure}, s.problem), problem_code = coalesce(${code}, s.problem_code), undo_problem = ${undoFailure},
      output = coalesce(${outputJson}::jsonb, s.output), ended_at = clock_timestamp()
    FROM fence f WHERE s.migration_id = f.id AND s.name = ${name}
    RETURNING s.name, s.phase, s.state, ${problem}::text AS problem`;
}

/** The place of a step in the log is that of its first start. */
function beginning({ name, phase }: Start): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO migration_steps AS s (migration_id, name, phase, state, position)
    SELECT f.id, ${name}, ${phase}, 'started', 1 + coalesce((SELECT max(position) FROM migration_steps WHERE migration_id = f.id), 0)
    FROM fence f
    ON CONFLICT (migration_id, name) DO UPDATE
    SET state = 'started', phase = excluded.phase, attempts = s.attempts + 1, started_at = now(), ended_at = NULL,
      problem = NULL, problem_code = NULL, undo_problem = NULL
    RETURNING s.name, s.phase, s.state, NULL::text AS problem`;
}

const nothing = Prisma.sql`SELECT NULL::text AS name, NULL::text AS phase, NULL::text AS state, NULL::text AS problem WHERE false`;

async function write(db: Database, lease: Lease, { end, start }: { end?: End; start?: Start }): Promise<void> {
  const [outcome] = await db.$queryRaw<{ held: boolean; ended: boolean }[]>`
    WITH fence AS MATERIALIZED (
      SELECT m.id, m.server_id, s.project_id FROM migrations m JOIN servers s ON s.id = m.server_id
      WHERE m.id = ${lease.migrationId}::uuid AND m.lease_token = ${lease.token} FOR NO KEY UPDATE OF m
    ), ended AS (${end ? ending(end) : nothing}
    ), begun AS (${start ? beginning(start) : nothing}
    ), changed AS (
      SELECT 1 AS place, * FROM ended UNION ALL SELECT 2, * FROM begun
    ), number AS (
      UPDATE event_counter SET last_id = last_id + (SELECT count(*) FROM changed) WHERE EXISTS (SELECT 1 FROM changed)
      RETURNING last_id - (SELECT count(*) FROM changed) AS base
    ), told AS (
      INSERT INTO events (id, kind, server_id, migration_id, project_id, data)
      SELECT number.base + row_number() OVER (ORDER BY changed.place), 'migration.step', fence.server_id, fence.id, fence.project_id,
        jsonb_build_object('name', changed.name, 'phase', changed.phase, 'state', changed.state, 'problem', changed.problem)
      FROM number, fence, changed
    )
    SELECT EXISTS (SELECT 1 FROM fence) AS held, EXISTS (SELECT 1 FROM ended) AS ended`;
  if (!outcome?.held) throw fail("STEP_FENCED", { migration: lease.migrationId });
  if (end && !outcome.ended)
    throw new Error(`Cannot record step ${end.name} of migration ${lease.migrationId} as ${end.state}: it was never started.`);
}
