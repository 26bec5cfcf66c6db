import { randomUUID } from "node:crypto";
import { type HostId, type LifecycleAction, serverId } from "@ferry/core";
import { defaultSettings } from "@ferry/migration";
import { FakeDatacentre, type FakeDomain, type FakeHost, type GuestSpec, startGuest } from "@ferry/testkit";
import type { Fleet } from "./fleet.ts";
import { TestWorker } from "./test-worker.ts";

const TRIES = 20;

/** The record of the server after an action, in the columns that actions write. */
export interface ServerRecord {
  readonly vm_state: string;
  readonly task_state: string | null;
  readonly power_state: number;
  readonly fault_message: string | null;
}

/** One host with a guest, the record, and workers that may die: the place of actions on a server. */
export class TaskWorld {
  readonly datacentre: FakeDatacentre;
  readonly host: FakeHost;
  readonly guest: FakeDomain;
  hostId!: HostId;
  /** Of the action that was accepted last. */
  requestId = "";
  readonly workers: TestWorker[] = [];
  readonly #fleet: Fleet;

  private constructor(fleet: Fleet, furnish: (host: FakeHost) => void, guest: GuestSpec) {
    this.#fleet = fleet;
    const number = fleet.nextWorld();
    this.datacentre = new FakeDatacentre({ network: `198.${18 + (number >> 8)}.${number & 255}` });
    this.host = this.datacentre.addHost(`t${number}-compute1`);
    furnish(this.host);
    this.guest = startGuest(this.host, guest);
  }

  /** A guest that runs and is adopted; nothing was asked of it. */
  static async open(fleet: Fleet, guest: GuestSpec = {}, furnish: (host: FakeHost) => void = () => undefined): Promise<TaskWorld> {
    const world = new TaskWorld(fleet, furnish, guest);
    world.hostId = await world.#enter(world.host);
    await world.look();
    return world;
  }

  /** A guest on another host of the datacentre, adopted with it. */
  async neighbour(host: FakeHost, guest: GuestSpec): Promise<void> {
    startGuest(host, guest);
    await this.look(await this.#enter(host));
  }

  async #enter({ name, address, ssh }: FakeHost): Promise<HostId> {
    const host = { name, address, port: 22, user: "root", hostKey: ssh.hostKey, uri: "qemu:///system", migrationAddress: null };
    return (await this.#fleet.store.hosts.add(host)).id;
  }

  get uuid(): string {
    return this.guest.uuid;
  }

  worker(): TestWorker {
    const worker = new TestWorker(
      this.#fleet,
      this.datacentre,
      defaultSettings,
      () => undefined,
      (store) => store,
    );
    this.workers.push(worker);
    return worker;
  }

  /** A full look at a host, as its watch takes one. */
  async look(id: HostId = this.hostId): Promise<void> {
    const visitor = this.worker();
    await visitor.adopt(id);
    await visitor.stop();
  }

  async accept(action: LifecycleAction): Promise<void> {
    const { owner, store } = this.#fleet;
    this.requestId = `req-${randomUUID()}`;
    await store.acceptServerTask({ serverId: serverId(this.uuid), action, requestId: this.requestId, ...owner });
  }

  /** One worker carries the task out to its end, its death, or as far as it gets. */
  async run(): Promise<TestWorker> {
    const worker = this.worker();
    const id = await this.taskId();
    if (id !== null) await worker.runTask(id);
    return worker;
  }

  /** Accepted and carried out by a worker that nothing befalls. */
  async act(action: LifecycleAction): Promise<void> {
    await this.accept(action);
    await this.run();
  }

  /** What the reconciler does until nothing is left to do: leases of the dead run out, then a new worker takes over. */
  async recover(): Promise<void> {
    for (let tries = 0; tries < TRIES && (await this.taskId()) !== null; tries++) {
      await this.#fleet.sql.query("UPDATE server_tasks SET lease_until = now() - interval '1 s' WHERE server_id = $1", [this.uuid]);
      await this.run();
    }
  }

  async taskId(): Promise<string | null> {
    const { rows } = await this.#fleet.sql.query<{ id: string }>("SELECT id FROM server_tasks WHERE server_id = $1", [this.uuid]);
    return rows[0]?.id ?? null;
  }

  async record(): Promise<ServerRecord> {
    const { rows } = await this.#fleet.sql.query<ServerRecord>(
      "SELECT vm_state, task_state, power_state, fault_message FROM servers WHERE id = $1",
      [this.uuid],
    );
    if (rows[0] === undefined) throw new Error(`server ${this.uuid} is not in the record`);
    return rows[0];
  }

  /** Nova's events of the action that was accepted last. */
  async events(requestId = this.requestId): Promise<{ event: string; result: string | null; details: string | null }[]> {
    const { rows } = await this.#fleet.sql.query(
      "SELECT event, result, details FROM instance_action_events WHERE server_id = $1 AND request_id = $2 ORDER BY id",
      [this.uuid, requestId],
    );
    return rows;
  }

  async close(): Promise<void> {
    for (const worker of this.workers) await worker.stop();
    this.datacentre.close();
  }
}
