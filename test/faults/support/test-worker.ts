import { randomUUID } from "node:crypto";
import type { HostId, Hosts, MigrationId } from "@ferry/core";
import type { FaultPoint } from "@ferry/engine";
import { ProcessDeath } from "@ferry/engine";
import { openHosts } from "@ferry/hosts";
import type { MigrationSettings } from "@ferry/migration";
import type { Store } from "@ferry/store";
import { type FakeDatacentre, FakeFile } from "@ferry/testkit";
import pino, { type Logger } from "pino";
import { AbortSignals } from "../../../apps/worker/src/abort-signals.ts";
import type { Worker } from "../../../apps/worker/src/dependencies.ts";
import { applyFirewall } from "../../../apps/worker/src/firewall/apply-firewall.ts";
import { keepDefinitions } from "../../../apps/worker/src/hosts/keep-definitions.ts";
import { refreshHost } from "../../../apps/worker/src/hosts/refresh-host.ts";
import { seeSharedDirectories } from "../../../apps/worker/src/hosts/see-shared-directories.ts";
import { runMigration } from "../../../apps/worker/src/run-migration.ts";
import { runServerTask } from "../../../apps/worker/src/server-tasks/run-server-task.ts";
import { fastClock } from "./fast-clock.ts";
import type { Fleet } from "./fleet.ts";
import { type Life, mortal } from "./mortal.ts";

/** What a test does at a point of a step. It may throw (the step fails there) or kill the worker. */
export type WorkerFaults = (point: FaultPoint, step: string, worker: TestWorker) => void | Promise<void>;

/** A config drive as the fake emulator reads it. */
function driveOf(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const blocks = Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, Buffer.from(bytes).toString()]));
  return FakeFile.ofImage({ format: "raw", capacityBytes: 4096, backing: null, blocks }).content();
}

/** ferry's real worker on the real record and the real drivers, in a process that may be killed. */
export class TestWorker {
  readonly clock = fastClock();
  readonly log: Logger;
  /** What it logged as a problem. */
  readonly complaints: string[] = [];
  readonly aborts = new AbortSignals();
  readonly #fleet: Fleet;
  readonly #datacentre: FakeDatacentre;
  readonly #settings: MigrationSettings;
  readonly #faults: WorkerFaults;
  readonly #alter: (store: Store) => Store;
  readonly #life: Life = { dead: false };
  readonly #died = Promise.withResolvers<void>();
  readonly #hosts: Hosts;

  constructor(fleet: Fleet, datacentre: FakeDatacentre, settings: MigrationSettings, faults: WorkerFaults, alter: (store: Store) => Store) {
    this.#fleet = fleet;
    this.#datacentre = datacentre;
    this.#settings = settings;
    this.#faults = faults;
    this.#alter = alter;
    this.#hosts = openHosts({
      addressOf: (id) => fleet.store.hosts.address(id),
      identity: { privateKey: "", publicKey: "ssh-ed25519 AAAA ferry" },
      sshHost: (options) => datacentre.sshHost(options),
    });
    this.log = pino({ level: "warn" }, { write: (line: string) => void this.complaints.push(line) });
  }

  get dead(): boolean {
    return this.#life.dead;
  }

  /** Runs the migration until the run ends or this worker is killed. */
  async run(id: MigrationId): Promise<void> {
    const ended = runMigration(id, this.#parts());
    await Promise.race([ended, this.#died.promise]);
  }

  /** The same for an action on a server. */
  async runTask(id: string): Promise<void> {
    await Promise.race([runServerTask(id, this.#parts()), this.#died.promise]);
  }

  /** The same for a change of a server's firewall. */
  async runFirewall(id: string): Promise<void> {
    await Promise.race([applyFirewall(id, this.#parts()), this.#died.promise]);
  }

  /** Enters a host's facts and adopts its guests. */
  async adopt(id: HostId): Promise<void> {
    const { store, owner } = this.#fleet;
    const { hypervisor } = await this.#hosts.host(id);
    await store.hosts.saveFacts(id, await hypervisor.facts());
    const asOf = await store.servers.syncMark();
    await store.servers.syncGuests(id, await hypervisor.guests(), asOf, owner);
  }

  /** Keeps what can be had of a host only while it lives. */
  async prepareForDeath(id: HostId): Promise<void> {
    const parts = this.#parts();
    const { store } = parts;
    // The record holds the hosts of other worlds, too.
    const list = async () => (await store.hosts.list()).filter(({ address }) => this.#datacentre.hostAt(address));
    await keepDefinitions(id, parts);
    await seeSharedDirectories(id, { ...parts, store: { ...store, hosts: { ...store.hosts, list } } });
  }

  /** A full look at the host, as it is taken every minute. */
  async refresh(id: HostId): Promise<void> {
    await refreshHost(id, this.#parts());
  }

  /** `kill -9`: from this moment nothing is answered and nothing is done; the hosts see their connections end. */
  kill(): void {
    this.#life.dead = true;
    void this.#hosts.close();
    this.#died.resolve();
  }

  /** The same from inside a step: nothing after this line happens. */
  die(): never {
    this.kill();
    throw new ProcessDeath();
  }

  async stop(): Promise<void> {
    if (!this.dead) await this.#hosts.close();
  }

  #parts(): Worker {
    const { clock, log, aborts } = this;
    return {
      owner: `worker-${randomUUID()}`,
      store: this.#alter(this.#watched(mortal(this.#fleet.store, this.#life))),
      hosts: mortal(this.#hosts, this.#life),
      events: { progress: () => undefined },
      clock,
      settings: this.#settings,
      aborts,
      faults: (point, step) => this.#faults(point, step, this),
      log,
      making: { virtType: "auto", configDrives: { make: async (_, files) => driveOf(files) } },
      publicKey: "ssh-ed25519 AAAA ferry",
      adopter: async () => this.#fleet.owner,
    };
  }

  /** The moment in which the record follows the guest is written into the journal of the hosts, to be compared with what happens there. */
  #watched(store: Store): Store {
    const openMigration: Store["openMigration"] = (lease) => {
      const opened = store.openMigration(lease);
      const recordHandover = async (guest: { paused: boolean }): Promise<void> => {
        await opened.record.recordHandover(guest);
        this.#datacentre.journal.note("record", "handover-recorded", lease.migrationId);
      };
      return { ...opened, record: { ...opened.record, recordHandover } };
    };
    return { ...store, openMigration };
  }
}
