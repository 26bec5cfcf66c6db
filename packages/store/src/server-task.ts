import {
  type FerryError,
  fail,
  type GuestDefinition,
  type GuestState,
  type GuestStateReason,
  type HostId,
  hostId,
  type LifecycleAction,
  lifecycle,
  type ServerId,
  serverId,
  type TaskLease,
  type VolumePlace,
} from "@ferry/core";
import { type ActionKey, finishEvents, markFailed } from "./action-writes.ts";
import { artifactRecords } from "./artifacts.ts";
import type { Database, Transaction } from "./database.ts";
import { type NewEvent, withEvents } from "./events.ts";
import { launchOf, statesOf } from "./guest-states.ts";
import { whileFirewallRests } from "./hold-firewall.ts";
import { toJson } from "./json.ts";
import { confirmFinished } from "./settle-migration.ts";
import { settleVolume, type VolumeLeft } from "./settle-volume.ts";
import { type AttachmentRow, releaseVolumes, type VolumeRow, volumeRecords } from "./volumes.ts";

/** The server's task as its worker needs it. */
export interface ServerTaskOrder {
  readonly action: LifecycleAction;
  readonly serverId: ServerId;
  /** Name of the libvirt domain. */
  readonly instanceName: string;
  readonly hostId: HostId;
  readonly hostName: string;
  /** As the host told it last. */
  readonly definition: GuestDefinition;
  readonly wasOff: boolean;
  /** A migration of the server has not ended; null: none. */
  readonly migration: number | null;
  /** It is a cold one that waits to be confirmed or reverted. */
  readonly awaitsVerdict: boolean;
}

/** How the guest was seen last on its host. */
export interface SeenState {
  readonly state: GuestState;
  readonly reason: GuestStateReason;
}

/** The record of one task for the holder of its lease: every write is fenced by its token and throws TASK_FENCED when it has gone. */
export const serverTask = (db: Database, lease: TaskLease) => ({
  order: (): Promise<ServerTaskOrder> => readOrder(db, lease),

  /** Throws TASK_FENCED unless this worker still owns the task: to be asked right before something that a later worker could not see coming. */
  async confirm(): Promise<void> {
    const held = await db.serverTask.count({ where: { id: lease.taskId, leaseToken: lease.token } });
    if (held === 0) throw fenced(lease);
  },

  /** Runs the work while no job touches the server's network filters on any host; see `whileFirewallRests`. */
  async whileFirewallRests<T>(work: () => Promise<T>): Promise<T> {
    const { serverId: id } = await readOrder(db, lease);
    return await whileFirewallRests(db, id, `task ${lease.taskId}`, work);
  },

  /** Shows the task, also when a migration that has ended since it was accepted cleared its state. */
  async show(): Promise<void> {
    await write(db, lease, async (tx, task) => {
      const { taskState } = lifecycle[task.action];
      if (task.taskState !== taskState) await tx.server.update({ where: { id: task.serverId }, data: { taskState } });
    });
  },

  /** Confirms a cold migration that waits for a verdict; nothing happens when none does. */
  async confirmMigration(): Promise<void> {
    await write(db, lease, (tx, task, tell) => confirmFinished(tx, tell, task.serverId));
  },

  /** The guest's definition as its host tells it now. */
  async saveDefinition(definition: GuestDefinition): Promise<void> {
    await write(db, lease, async (tx, task) => {
      await tx.server.update({ where: { id: task.serverId }, data: { definition: toJson(definition) } });
    });
  },

  /** What is to be plugged in or pulled out; null when it is not claimed any more. */
  async volume(): Promise<VolumeRow | null> {
    const rows = await db.$queryRaw<{ id: string }[]>`
      SELECT v.id FROM server_tasks t JOIN volume_attachments a ON a.server_id = t.server_id JOIN volumes v ON v.id = a.volume_id
      WHERE t.id = ${lease.taskId}::uuid AND v.status IN ('attaching', 'detaching')`;
    const [row] = rows;
    return row === undefined ? null : await volumeRecords(db).find(row.id);
  },

  /** What is attached to the server: its disks that are not its own. */
  async volumes(): Promise<AttachmentRow[]> {
    const { serverId } = await readOrder(db, lease);
    return await volumeRecords(db).attachmentsOf(serverId);
  },

  /** Where a volume of the server's is now on its host, as the host says before it is pulled out. */
  async placeVolume(volumeId: string, place: VolumePlace): Promise<void> {
    await write(db, lease, async (tx, { serverId }) => {
      await tx.volume.updateMany({ where: { id: volumeId, attachment: { serverId } }, data: { ...place } });
    });
  },

  /** Remembers that the process has been ended, so that a reboot that is taken up again does not end the new one. */
  async noteOff(): Promise<void> {
    await write(db, lease, async (tx, task) => {
      await tx.serverTask.update({ where: { serverId: task.serverId }, data: { wasOff: true } });
    });
  },

  /** The action has done what was asked; the guest is now as seen. */
  async succeed(seen: SeenState): Promise<void> {
    await write(db, lease, async (tx, task, tell) => {
      const states = statesOf(seen);
      await tx.server.update({
        where: { id: task.serverId },
        data: { ...states, launchedAt: launchOf(states.vmState, task.launchedAt), taskState: null, faultMessage: null, faultAt: null },
      });
      await finishEvents(tx, task, "Success", null);
      await settleVolume(tx, task, "done");
      await end(tx, task);
      tell({ kind: "server.changed", data: { vm_state: states.vmState, task_state: null } });
    });
  },

  /** The server is no more. `kept` are disks that were left because others use them. */
  async deleted(disks: { readonly deleted: readonly string[]; readonly kept: readonly string[] }): Promise<void> {
    await write(db, lease, async (tx, task, tell) => {
      const data = { vmState: "deleted", powerState: 0, taskState: null, terminatedAt: new Date() };
      await tx.server.update({ where: { id: task.serverId }, data });
      await finishEvents(tx, task, "Success", null);
      await releaseVolumes(tx, task.serverId, { terminate: true });
      await end(tx, task);
      tell({ kind: "server.gone", data: { name: task.name, disks_deleted: disks.deleted, disks_kept: disks.kept } });
    });
  },

  /**
   * The action has failed. The states follow what was seen; `broken` marks a server that is not whole any more as `error`; `volume` says what is proven
   * of the one that was to be plugged in or pulled out.
   */
  async failed(problem: FerryError, seen: SeenState | null, broken: boolean, volume: VolumeLeft = "unknown"): Promise<void> {
    await write(db, lease, async (tx, task, tell) => {
      const states = { ...(seen === null ? {} : statesOf(seen)), ...(broken ? { vmState: "error" } : {}) };
      const fault = { faultMessage: problem.message, faultAt: new Date() };
      await tx.server.update({ where: { id: task.serverId }, data: { ...states, ...fault, taskState: null } });
      await finishEvents(tx, task, "Error", problem.message);
      await markFailed(tx, task);
      await settleVolume(tx, task, volume);
      await end(tx, task);
      tell({ kind: "server.changed", data: { ...(states.vmState ? { vm_state: states.vmState } : {}), task_state: null } });
    });
  },

  /** Which of these paths are a disk of another server, or a layer below one, and on which hosts those servers are. */
  async usedByOthers(paths: readonly string[]): Promise<{ path: string; hostId: HostId }[]> {
    const rows = await db.$queryRaw<{ path: string; hostId: string }[]>`
      SELECT DISTINCT used.path, s.host_id AS "hostId" FROM server_tasks t JOIN servers s ON s.id <> t.server_id AND s.vm_state <> 'deleted',
      LATERAL (
        SELECT disk #>> '{source,path}' AS path FROM jsonb_array_elements(s.definition -> 'disks') disk
        UNION ALL
        SELECT layer ->> 'path' FROM jsonb_array_elements(s.definition -> 'disks') disk, jsonb_array_elements(disk -> 'backing') layer
      ) used
      WHERE t.id = ${lease.taskId}::uuid AND used.path = ANY (${[...paths]})`;
    return rows.map((row) => ({ path: row.path, hostId: hostId(row.hostId) }));
  },

  ledger: artifactRecords(db),
});

export type ServerTaskRecord = ReturnType<typeof serverTask>;

const fenced = ({ taskId }: TaskLease): Error => fail("TASK_FENCED", { task: taskId });

async function readOrder(db: Database, lease: TaskLease): Promise<ServerTaskOrder> {
  const rows = await db.$queryRaw<ServerTaskOrder[]>`
    SELECT t.action, t.was_off AS "wasOff", s.id AS "serverId", s.instance_name AS "instanceName", s.host_id AS "hostId", h.name AS "hostName",
      s.definition, m.number AS migration, coalesce(m.status = 'finished', false) AS "awaitsVerdict"
    FROM server_tasks t JOIN servers s ON s.id = t.server_id JOIN hosts h ON h.id = s.host_id
      LEFT JOIN migration_slots l ON l.server_id = s.id LEFT JOIN migrations m ON m.id = l.migration_id
    WHERE t.id = ${lease.taskId}::uuid AND t.lease_token = ${lease.token}`;
  const row = rows[0];
  if (row === undefined) throw fenced(lease);
  return { ...row, serverId: serverId(row.serverId), hostId: hostId(row.hostId) };
}

interface FencedTask extends ActionKey {
  readonly action: LifecycleAction;
  readonly name: string;
  readonly hostId: string;
  readonly projectId: string;
  readonly taskState: string | null;
  readonly launchedAt: Date | null;
}

type Tell = (event: Pick<NewEvent, "kind" | "data"> & Partial<NewEvent>) => void;

/** One transaction of the lease's holder. The server is locked first, as by everybody who enters or withdraws a task. */
async function write(
  db: Database,
  lease: TaskLease,
  work: (tx: Transaction, task: FencedTask, tell: Tell) => Promise<void>,
): Promise<void> {
  await withEvents(db, async (tx, tell) => {
    await tx.$queryRaw`
      SELECT 1 FROM servers WHERE id = (SELECT server_id FROM server_tasks WHERE id = ${lease.taskId}::uuid) FOR NO KEY UPDATE`;
    const rows = await tx.$queryRaw<FencedTask[]>`
      SELECT t.server_id AS "serverId", t.request_id AS "requestId", t.action, s.name, s.host_id AS "hostId", s.project_id AS "projectId",
        s.task_state AS "taskState", s.launched_at AS "launchedAt"
      FROM server_tasks t JOIN servers s ON s.id = t.server_id WHERE t.id = ${lease.taskId}::uuid AND t.lease_token = ${lease.token}`;
    const task = rows[0];
    if (task === undefined) throw fenced(lease);
    const { serverId, hostId, projectId } = task;
    await work(tx, task, (event) => tell({ serverId, hostId, projectId, ...event }));
  });
}

async function end(tx: Transaction, { serverId }: FencedTask): Promise<void> {
  await tx.serverTask.delete({ where: { serverId } });
}
