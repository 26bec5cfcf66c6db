import { fail, type HostPorts, migrationId, type TaskLease } from "@ferry/core";
import { type RunResult, runPlan } from "@ferry/engine";
import { type CreatePorts, serverCreation, serverRebuild } from "@ferry/migration";
import type { ServerBuildRecord } from "@ferry/store";
import type { Worker } from "../dependencies.ts";
import { imageSource } from "../images/image-source.ts";

/**
 * Makes a server: runs its plan from where the record says it stands, and records how it ended. `lost` aborts when the task has gone, to another
 * worker or to a delete. Throws STEP_FENCED then.
 */
export async function buildServer(lease: TaskLease, lost: AbortSignal, worker: Worker): Promise<void> {
  const { record, steps, artifacts } = worker.store.openServerBuild(lease);
  const task = await record.task();
  const log = worker.log.child({ task: lease.taskId, server: task.serverId });
  log.info({ host: task.hostName }, "a server is being made");
  await record.begin();
  const { hosts, clock, settings, making } = worker;
  const ports: CreatePorts = {
    migrationId: migrationId(task.serverId),
    ledger: artifacts,
    hosts,
    clock,
    settings,
    build: record,
    images: imageSource(worker),
    ...making,
  };
  const result = await runPlan(lease.action === "rebuild" ? serverRebuild : serverCreation, ports, steps, {
    signal: lost,
    faults: worker.faults,
    sleep: (ms) => clock.sleep(ms),
    onProblem: (step, error) => log.warn({ step, err: error }, "a step of a server's making failed"),
  });
  await conclude(result, record, await hosts.host(task.hostId));
  log.info({ result: result.kind }, "the making of a server ended");
}

/** What is not decided, or not finished after the start, keeps its task: the reconciler has it run again. */
async function conclude(result: RunResult, record: ServerBuildRecord, host: HostPorts): Promise<void> {
  if (result.kind === "undone") return await record.failed(result.problem, { undoLeft: false });
  if (result.kind === "undo-pending") return await record.failed(result.problem, { undoLeft: true });
  if (result.kind !== "completed") return;
  const { serverId: id } = await record.task();
  const guest = await host.hypervisor.guest(id);
  if (guest) await record.succeed(guest);
  else await record.failed(fail("SERVER_GONE", { action: "create", id, host: host.address.name }), { undoLeft: false });
}
