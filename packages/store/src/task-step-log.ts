import { type ErrorCode, fail, type Phase, type StepLog, type StepRecord, type StepState, type TaskLease } from "@ferry/core";
import type { Database } from "./database.ts";
import { Prisma } from "./generated/client.ts";

/** The step log of a server's task, fenced by its lease: the same as that of a migration. A write is one statement. */
export const taskStepLog = (db: Database, lease: TaskLease): StepLog => ({
  async records(): Promise<StepRecord[]> {
    const rows = await db.serverTaskStep.findMany({ where: { taskId: lease.taskId }, orderBy: { position: "asc" } });
    return rows.map(({ taskId, position, phase, state, problemCode, ...row }) => ({
      ...row,
      phase: phase as Phase,
      state: state as StepState,
      problemCode: problemCode as ErrorCode | null,
    }));
  },

  started: (step) => start(db, lease, step),
  async done({ name, output }, next) {
    await end(db, lease, { name, state: "done", output: JSON.stringify(output ?? null) });
    if (next) await start(db, lease, next);
  },
  failed: (failure) => end(db, lease, { state: "failed", ...failure }),
  undone: ({ name }) => end(db, lease, { name, state: "undone" }),
  undoFailed: ({ name, problem }) => end(db, lease, { name, state: "undo-failed", undoProblem: problem }),
});

const fenceOf = ({ taskId, token }: TaskLease): Prisma.Sql => Prisma.sql`
  WITH fence AS MATERIALIZED (SELECT id FROM server_tasks WHERE id = ${taskId}::uuid AND lease_token = ${token} FOR NO KEY UPDATE)`;

async function start(db: Database, lease: TaskLease, { name, phase }: { name: string; phase: Phase }): Promise<void> {
  const count = await db.$executeRaw`
    ${fenceOf(lease)}
    INSERT INTO server_task_steps AS s (task_id, name, phase, state, position)
    SELECT id, ${name}, ${phase}, 'started', 1 + coalesce((SELECT max(position) FROM server_task_steps WHERE task_id = fence.id), 0) FROM fence
    ON CONFLICT (task_id, name) DO UPDATE SET state = 'started', attempts = s.attempts + 1, problem = NULL, problem_code = NULL,
      undo_problem = NULL`;
  if (count === 0) throw fail("STEP_FENCED", { migration: lease.taskId });
}

interface End {
  readonly name: string;
  readonly state: StepState;
  readonly problem?: string;
  readonly code?: ErrorCode;
  readonly undoProblem?: string;
  /** JSON. */
  readonly output?: string;
}

/** What is not given stays as it is; only the reason of a failed undo goes with the next end. */
async function end(db: Database, lease: TaskLease, { name, state, ...given }: End): Promise<void> {
  const { problem = null, code = null, undoProblem = null, output = null } = given;
  const count = await db.$executeRaw`
    ${fenceOf(lease)}
    UPDATE server_task_steps s
    SET state = ${state}, problem = coalesce(${problem}, s.problem), problem_code = coalesce(${code}, s.problem_code), undo_problem = ${undoProblem},
      output = coalesce(${output}::jsonb, s.output)
    FROM fence WHERE s.task_id = fence.id AND s.name = ${name}`;
  if (count === 0) throw fail("STEP_FENCED", { migration: lease.taskId });
}
