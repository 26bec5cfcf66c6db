import { fail, type Lease, type Phase, type StepLog, type StepRecord, type StepState } from "@ferry/core";
import type { Database } from "./database.ts";
import { Prisma } from "./generated/client.ts";

/**
 * The log of a plan's run. A write is one statement, hence one round trip: it locks the migration under the lease's token, writes the step, and tells the event.
 * A step that starts again keeps its place and counts an attempt.
 */
export const stepLog = (db: Database, lease: Lease): StepLog => ({
  async records(): Promise<StepRecord[]> {
    const rows = await db.migrationStep.findMany({ where: { migrationId: lease.migrationId }, orderBy: { position: "asc" } });
    return rows.map(({ name, phase, state, output, problem, attempts }) => ({
      name,
      phase: phase as Phase,
      state: state as StepState,
      output,
      problem,
      attempts,
    }));
  },

  async started({ name, phase }): Promise<void> {
    await write(
      db,
      lease,
      name,
      "started",
      null,
      (fence) => Prisma.sql`
      INSERT INTO migration_steps AS s (migration_id, name, phase, state, position)
      SELECT f.id, ${name}, ${phase}, 'started', 1 + coalesce((SELECT max(position) FROM migration_steps WHERE migration_id = f.id), 0)
      FROM ${fence} f
      ON CONFLICT (migration_id, name) DO UPDATE
      SET state = 'started', phase = excluded.phase, attempts = s.attempts + 1, started_at = now(), ended_at = NULL, problem = NULL
      RETURNING s.phase`,
    );
  },

  done: ({ name, output }) => end(db, lease, name, { state: "done", output }),
  failed: ({ name, problem }) => end(db, lease, name, { state: "failed", problem }),
  undone: ({ name }) => end(db, lease, name, { state: "undone" }),
  undoFailed: ({ name, problem }) => end(db, lease, name, { state: "undo-failed", problem }),
});

interface End {
  readonly state: StepState;
  readonly output?: unknown;
  readonly problem?: string;
}

/** Only `done` writes the output: an undo needs it later, also after it failed once. Why a step failed stays known when it has been undone. */
async function end(db: Database, lease: Lease, name: string, { state, output, problem }: End): Promise<void> {
  const outputJson = state === "done" ? JSON.stringify(output ?? null) : null;
  await write(
    db,
    lease,
    name,
    state,
    problem ?? null,
    (fence) => Prisma.sql`
    UPDATE migration_steps s
    SET state = ${state}, problem = CASE WHEN ${state} = 'undone' AND s.state = 'failed' THEN s.problem ELSE ${problem ?? null} END,
      output = coalesce(${outputJson}::jsonb, s.output), ended_at = clock_timestamp()
    FROM ${fence} f WHERE s.migration_id = f.id AND s.name = ${name}
    RETURNING s.phase`,
  );
}

async function write(
  db: Database,
  lease: Lease,
  name: string,
  state: StepState,
  problem: string | null,
  change: (fence: Prisma.Sql) => Prisma.Sql,
): Promise<void> {
  const rows = await db.$queryRaw<{ held: boolean; written: boolean }[]>`
    WITH fence AS MATERIALIZED (
      SELECT m.id, m.server_id, s.project_id FROM migrations m JOIN servers s ON s.id = m.server_id
      WHERE m.id = ${lease.migrationId}::uuid AND m.lease_token = ${lease.token} FOR NO KEY UPDATE OF m
    ), step AS (${change(Prisma.sql`fence`)}),
    number AS (
      UPDATE event_counter SET last_id = last_id + 1 WHERE EXISTS (SELECT 1 FROM step) RETURNING last_id
    ), told AS (
      INSERT INTO events (id, kind, server_id, migration_id, project_id, data)
      SELECT number.last_id, 'migration.step', fence.server_id, fence.id, fence.project_id,
        jsonb_build_object('name', ${name}::text, 'phase', step.phase, 'state', ${state}::text, 'problem', ${problem}::text)
      FROM number, fence, step
    )
    SELECT EXISTS (SELECT 1 FROM fence) AS held, EXISTS (SELECT 1 FROM step) AS written`;
  const [outcome] = rows;
  if (!outcome?.held) throw fail("STEP_FENCED", { migration: lease.migrationId });
  if (!outcome.written) throw new Error(`Cannot record step ${name} of migration ${lease.migrationId} as ${state}: it was never started.`);
}
