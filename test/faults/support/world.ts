import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type HostId, type MigrationId, serverId } from "@ferry/core";
import { defaultSettings, type MigrationSettings } from "@ferry/migration";
import type { Store } from "@ferry/store";
import { FakeDatacentre, type FakeDomain, type FakeHost, inventoryOf, startGuest } from "@ferry/testkit";
import { reconcile } from "../../../apps/worker/src/reconcile.ts";
import type { Fleet } from "./fleet.ts";
import { placeDecoys, type Scenario } from "./scenario.ts";
import { TestWorker, type WorkerFaults } from "./test-worker.ts";

/** Waits that are meant for real hosts are short here. */
const settings: MigrationSettings = { ...defaultSettings, statisticsEveryMs: 100, saveProgressEveryMs: 400, shutdownDeadlineMs: 20_000 };

const TRIES = 40;
const QUICK_TRIES = 4;
const RETRY_PAUSE_MS = 250;

const anyFlavor = { id: "c9", number: 9, name: "c9", extraSpecs: {} };

/** Two hosts with a guest and what others have on them, the record, and workers that may die. */
export class World {
  readonly fleet: Fleet;
  readonly scenario: Scenario;
  readonly datacentre: FakeDatacentre;
  readonly source: FakeHost;
  readonly destination: FakeHost;
  readonly guest: FakeDomain;
  readonly workers: TestWorker[] = [];
  readonly before: { readonly source: string[]; readonly destination: string[] };
  sourceId!: HostId;
  destinationId!: HostId;
  migration!: { readonly id: MigrationId; readonly number: number };

  private constructor(fleet: Fleet, scenario: Scenario) {
    this.fleet = fleet;
    this.scenario = scenario;
    const number = fleet.nextWorld();
    this.datacentre = new FakeDatacentre({ network: `198.${18 + (number >> 8)}.${number & 255}` });
    this.source = this.datacentre.addHost(`w${number}-compute1`);
    this.destination = this.datacentre.addHost(`w${number}-compute2`);
    scenario.furnish?.(this.source, this.destination);
    for (const host of [this.source, this.destination]) placeDecoys(host);
    startGuest(this.source, { name: "decoy", filter: "decoy-filter", bridge: "br0" });
    startGuest(this.destination, { name: "decoy", filter: "decoy-filter", bridge: "br0" });
    this.guest = startGuest(this.source, scenario.guest);
    this.guest.deaf = scenario.deaf ?? false;
    if (scenario.off) this.guest.stop("shutdown", "shutdown");
    this.before = { source: inventoryOf(this.source), destination: inventoryOf(this.destination) };
  }

  /** Hosts entered, guests adopted, migration accepted; nothing has run yet. */
  static async open(fleet: Fleet, scenario: Scenario): Promise<World> {
    const world = new World(fleet, scenario);
    world.sourceId = await world.#enter(world.source);
    world.destinationId = await world.#enter(world.destination);
    const visitor = world.worker();
    for (const id of [world.sourceId, world.destinationId]) await visitor.adopt(id);
    if (scenario.mode === "evacuate") await world.#loseSource(visitor);
    await visitor.stop();
    world.migration = await world.#accept();
    for (const host of [world.source, world.destination]) host.faults.trace.length = 0;
    return world;
  }

  get uuid(): string {
    return this.guest.uuid;
  }

  /** A worker of its own process; `alter` puts something between it and the record. */
  worker(faults: WorkerFaults = () => undefined, alter: (store: Store) => Store = (store) => store): TestWorker {
    const worker = new TestWorker(this.fleet, this.datacentre, settings, faults, alter);
    this.workers.push(worker);
    return worker;
  }

  /** One worker runs the migration to its end, its death, or as far as it gets. */
  async run(faults?: WorkerFaults): Promise<TestWorker> {
    const worker = this.worker(faults);
    await worker.run(this.migration.id);
    return worker;
  }

  /** What the reconciler does until nothing is left to do: leases of the dead run out, then a new worker takes over. */
  async recover(faults?: WorkerFaults): Promise<void> {
    for (let tries = 0; tries < TRIES && (await this.#isUnfinished()); tries++) {
      const worker = this.worker(faults);
      await reconcile({ store: this.fleet.store, log: worker.log, clock: worker.clock }, async (_topic, id) => {
        if (id === this.migration.id) await worker.run(this.migration.id);
      });
      // A host that was lost is back only after real time, and is tried again only after a pause.
      if (tries >= QUICK_TRIES) await sleep(RETRY_PAUSE_MS);
    }
  }

  /** The migration's status as the record has it. */
  async status(): Promise<string | undefined> {
    const { rows } = await this.fleet.sql.query<{ status: string }>("SELECT status FROM migrations WHERE id = $1", [this.migration.id]);
    return rows[0]?.status;
  }

  async requestAbort(): Promise<void> {
    const { projectId, userId } = this.fleet.owner;
    const request = { serverId: serverId(this.uuid), number: this.migration.number, requestId: `req-${randomUUID()}`, projectId, userId };
    await this.fleet.store.requestAbort(request);
  }

  /** What the API does with a verdict on a cold migration. */
  async settle(verdict: "confirm" | "revert"): Promise<void> {
    const { projectId, userId } = this.fleet.owner;
    await this.fleet.store.settleMigration({ serverId: serverId(this.uuid), verdict, requestId: `req-${randomUUID()}`, projectId, userId });
  }

  async close(): Promise<void> {
    for (const worker of this.workers) await worker.stop();
    this.datacentre.close();
  }

  async #isUnfinished(): Promise<boolean> {
    const { rowCount } = await this.fleet.sql.query(
      `UPDATE migrations SET lease_until = CASE WHEN lease_owner IS NULL THEN NULL ELSE now() - interval '1 s' END
       WHERE id = $1 AND ((ended_at IS NULL AND status <> 'finished') OR pending_work)`,
      [this.migration.id],
    );
    return rowCount === 1;
  }

  async #enter({ name, address, ssh }: FakeHost): Promise<HostId> {
    const host = { name, address, port: 22, user: "root", hostKey: ssh.hostKey, uri: "qemu:///system", migrationAddress: null };
    return (await this.fleet.store.hosts.add(host)).id;
  }

  /** The source dies after all was kept of it, and somebody makes sure that it is off. */
  async #loseSource(visitor: TestWorker): Promise<void> {
    await visitor.prepareForDeath(this.sourceId);
    this.source.powerOff();
    await this.fleet.store.hosts.setState(this.sourceId, "down", "no answer");
    await this.fence();
  }

  /** Somebody says that the source is dead. */
  async fence(): Promise<void> {
    const { store, owner } = this.fleet;
    const bootId = (await store.hosts.find(this.sourceId))?.facts?.bootId ?? "";
    await store.fencing.fence({ hostId: this.sourceId, bootId, method: "ipmi", note: "off", userId: owner.userId });
  }

  async #accept(): Promise<{ id: MigrationId; number: number }> {
    const { owner, store } = this.fleet;
    return await store.acceptMigration({
      serverId: serverId(this.uuid),
      mode: this.scenario.mode ?? "live",
      ...(this.scenario.resize ? { flavor: { ...anyFlavor, ...this.scenario.resize } } : {}),
      requestedHostId: this.destinationId,
      blockMigration: "auto",
      diskOverCommit: null,
      force: false,
      transport: this.scenario.transport,
      bandwidthMiBps: 0,
      requestId: `req-${randomUUID()}`,
      projectId: owner.projectId,
      userId: owner.userId,
    });
  }
}
