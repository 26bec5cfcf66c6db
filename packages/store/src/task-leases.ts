import type { TaskLease } from "@ferry/core";
import type { Database } from "./database.ts";

/** A lease on a server's task, measured by the database's clock; the token in it fences every write of a worker whose lease went to another one. */
export const taskLeaseRecords = (db: Database) => ({
  /** The right to carry the task out for `ttlMs`: only when nobody has it, or its time is over. Null otherwise, and when the task is done or withdrawn. */
  async take(id: string, owner: string, ttlMs: number): Promise<TaskLease | null> {
    const rows = await db.$queryRaw<{ token: number; action: string }[]>`
      UPDATE server_tasks
      SET lease_owner = ${owner}, lease_token = lease_token + 1, lease_until = clock_timestamp() + ${ttlMs} * interval '1 millisecond'
      WHERE id = ${id}::uuid AND (lease_owner IS NULL OR lease_until < clock_timestamp())
      RETURNING lease_token AS token, action`;
    const row = rows[0];
    return row === undefined ? null : { taskId: id, owner, ...row };
  },

  /** Extends the lease; false when it has gone to another owner, or the task is done or withdrawn. */
  async renew({ taskId, token }: TaskLease, ttlMs: number): Promise<boolean> {
    const count = await db.$executeRaw`
      UPDATE server_tasks SET lease_until = clock_timestamp() + ${ttlMs} * interval '1 millisecond'
      WHERE id = ${taskId}::uuid AND lease_token = ${token}`;
    return count === 1;
  },

  /** Gives the lease up, if it is still this one. */
  async release({ taskId, token }: TaskLease): Promise<void> {
    await db.$executeRaw`UPDATE server_tasks SET lease_owner = NULL, lease_until = NULL WHERE id = ${taskId}::uuid AND lease_token = ${token}`;
  },

  /** Ids of the tasks that nobody is at work on; oldest first. */
  async unfinished(): Promise<string[]> {
    const rows = await db.$queryRaw<{ id: string }[]>`
      SELECT id FROM server_tasks WHERE lease_owner IS NULL OR lease_until < clock_timestamp() ORDER BY created_at, id`;
    return rows.map((row) => row.id);
  },
});
