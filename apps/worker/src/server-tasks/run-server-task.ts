import {
  createAction,
  fail,
  type HostPorts,
  hasCode,
  isFerryError,
  isVolumeAction,
  lifecycle,
  migrationId,
  SECOND,
  type TaskLease,
} from "@ferry/core";
import { undoCreation } from "@ferry/migration";
import type { SeenState, ServerTaskOrder, ServerTaskRecord, VolumeLeft } from "@ferry/store";
import type { Worker } from "../dependencies.ts";
import { filtersOfCards, releaseFilters } from "../firewall/release-filters.ts";
import { keepRenewed } from "../keep-lease.ts";
import { LEASE_MS } from "../run-migration.ts";
import { buildServer } from "./build-server.ts";
import { deleteDisks } from "./delete-disks.ts";
import { GuestDrive, type PowerOrder } from "./drive-guest.ts";
import { driveVolume } from "./drive-volume.ts";
import { placeVolumes, withoutDisks } from "./volume-places.ts";
import { volumeLeft } from "./volume-seen.ts";

/** How long an action waits for the end of a migration that has handed its server over, or was asked to give up. */
const migrationPatienceMs = 60 * SECOND;
const migrationLookMs = 250;

/**
 * One job: takes the task's lease, brings the guest to where the action wants it, and records how that ended. Does nothing when another run has the
 * lease or the task is over, so a job may be delivered any number of times.
 */
export async function runServerTask(id: string, worker: Worker): Promise<void> {
  const lease = await worker.store.taskLeases.take(id, worker.owner, LEASE_MS);
  if (!lease) return;
  const log = worker.log.child({ task: id });
  const lost = new AbortController();
  const renewal = keepRenewed(
    () => worker.store.taskLeases.renew(lease, LEASE_MS),
    log,
    LEASE_MS,
    () => lost.abort(),
  );
  try {
    if (lease.action === createAction || lease.action === "rebuild") await buildServer(lease, lost.signal, worker);
    else await carryOut(lease, worker);
  } catch (error) {
    if (!hasCode(error, "TASK_FENCED", "STEP_FENCED")) throw error;
    log.warn("the task was taken over, or withdrawn");
  } finally {
    renewal.stop();
    await worker.store.taskLeases.release(lease);
  }
}

async function carryOut(lease: TaskLease, worker: Worker): Promise<void> {
  const task = worker.store.openServerTask(lease);
  const { action, serverId } = await task.order();
  const log = worker.log.child({ task: lease.taskId, server: serverId, action });
  log.info("an action on a server begins");
  const attempt = new Attempt(task, worker);
  try {
    await attempt.run();
    log.info("an action on a server has ended well");
  } catch (error) {
    if (hasCode(error, "TASK_FENCED")) throw error;
    log.warn({ err: error }, "an action on a server failed");
    const problem = isFerryError(error) ? error : fail("INTERNAL", {}, error);
    await task.failed(problem, await attempt.lastSeen(), attempt.leftHalfDone, await attempt.volumeLeft());
  }
  await attempt.catchUp();
}

/** One worker's try to carry a task out. */
class Attempt {
  readonly #task: ServerTaskRecord;
  readonly #worker: Worker;
  #order: ServerTaskOrder | null = null;
  #drive: GuestDrive | null = null;

  constructor(task: ServerTaskRecord, worker: Worker) {
    this.#task = task;
    this.#worker = worker;
  }

  async run(): Promise<void> {
    const order = await this.#whenAtRest();
    this.#order = order;
    await this.#task.show();
    const host = await this.#worker.hosts.host(order.hostId);
    const { action } = order;
    if (isVolumeAction(action)) return await driveVolume({ ...order, action }, this.#task, host, this.#worker);
    if (action === "rebuild") throw new Error("A rebuild has a plan of its own.");
    if (action === "delete") return await this.#delete(host);
    const seen = await this.#driveTo({ ...order, action }, host);
    if (seen.kind === "absent")
      throw fail("SERVER_GONE", { action: lifecycle[order.action].name, id: order.serverId, host: order.hostName });
    await this.#task.succeed(seen);
  }

  /** Whether a delete has begun to take the guest apart. */
  get leftHalfDone(): boolean {
    return this.#order?.action === "delete" && (this.#drive?.done.size ?? 0) > 0;
  }

  /** How the guest is after a failure; null when that is not known, or it is not there: the host's next full look tells. */
  async lastSeen(): Promise<SeenState | null> {
    if (this.#order === null) return null;
    try {
      const { hypervisor } = await this.#worker.hosts.host(this.#order.hostId);
      const seen = await hypervisor.observe(this.#order.serverId);
      return seen.kind === "present" ? seen : null;
    } catch (error) {
      if (isFerryError(error)) return null;
      throw error;
    }
  }

  /** Whether the guest is proven to have the volume that the task is about, or to be without it. */
  async volumeLeft(): Promise<VolumeLeft> {
    return this.#order === null ? "unknown" : await volumeLeft(this.#order, this.#task, this.#worker.hosts);
  }

  /** Nobody heard what happened to the guest between the last look and the end of the task: one more look. */
  async catchUp(): Promise<void> {
    const seen = await this.lastSeen();
    if (seen === null || this.#order === null) return;
    const { hostId, serverId } = this.#order;
    await this.#worker.store.servers.applyGuestState(hostId, serverId, seen);
  }

  /** The order as it is once no migration owns the server any more. Throws SERVER_MIGRATION_PENDING when that takes too long. */
  async #whenAtRest(): Promise<ServerTaskOrder> {
    const { clock } = this.#worker;
    const until = clock.now() + migrationPatienceMs;
    for (;;) {
      const order = await this.#task.order();
      if (order.migration === null) return order;
      // As Nova: a server that is to go takes along what a cold migration kept for a revert.
      if (order.awaitsVerdict && order.action === "delete") await this.#task.confirmMigration();
      if (clock.now() >= until) {
        const { name } = lifecycle[order.action];
        throw fail("SERVER_MIGRATION_PENDING", { action: name, id: order.serverId, migration: order.migration });
      }
      await clock.sleep(migrationLookMs);
    }
  }

  async #driveTo(order: PowerOrder, host: HostPorts) {
    this.#drive = new GuestDrive(order, this.#task, host, this.#worker.clock);
    return await this.#drive.run();
  }

  /** Irreversible, so in this order: the process, the definition, the disks, what was in force for it, and at last the record. */
  async #delete(host: HostPorts): Promise<void> {
    const order = await this.#withFreshDefinition(host);
    const volumes = await placeVolumes(order.definition, host, this.#task);
    await this.#driveTo({ ...order, action: "delete" }, host);
    const disks = await deleteDisks(withoutDisks(order.definition, volumes), host, this.#task, this.#worker.hosts);
    await this.#task.whileFirewallRests(async () => {
      await this.#undoMaking(order);
      await releaseFilters(filtersOfCards(order.definition), host, this.#task.ledger);
    });
    await this.#task.deleted(disks);
  }

  /** What the server's making left when it was broken off by this delete. */
  async #undoMaking({ serverId }: ServerTaskOrder): Promise<void> {
    const { hosts, clock, settings } = this.#worker;
    const { ledger } = this.#task;
    await undoCreation({ migrationId: migrationId(serverId), ledger, hosts, clock, settings });
  }

  /** The definition goes before the disks that it names: what it says last is kept in the record first. */
  async #withFreshDefinition(host: HostPorts): Promise<ServerTaskOrder> {
    const order = await this.#task.order();
    const guest = await host.hypervisor.guest(order.serverId);
    if (guest === null) return order;
    await this.#task.saveDefinition(guest.definition);
    return await this.#task.order();
  }
}
