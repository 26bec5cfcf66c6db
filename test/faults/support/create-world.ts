import { createHash, randomUUID } from "node:crypto";
import type { HostId, ImageFile, ServerNic } from "@ferry/core";
import { type ConfigDriveOrder, serverId } from "@ferry/core";
import { isSecurityFilter } from "@ferry/libvirt-xml";
import { defaultSettings } from "@ferry/migration";
import { FakeDatacentre, type FakeDomain, FakeFile, type FakeHost } from "@ferry/testkit";
import { addLibvirtFilters } from "./firewall-world.ts";
import type { Fleet } from "./fleet.ts";
import { TestWorker, type WorkerFaults } from "./test-worker.ts";

const TRIES = 20;
const MIB = 1024 ** 2;
const driveOrder: ConfigDriveOrder = {
  adminPass: "secret",
  hostname: "web-1",
  userData: null,
  key: null,
  files: [],
  launchIndex: 0,
  zone: "nova",
};
const DIRECTORY = "/var/lib/libvirt/images";

/** One host without guests, an image, and workers that may die: the place where a server is made. */
export class CreateWorld {
  readonly datacentre: FakeDatacentre;
  readonly host: FakeHost;
  readonly uuid = randomUUID();
  readonly requestId = `req-${randomUUID()}`;
  readonly workers: TestWorker[] = [];
  hostId!: HostId;
  image!: ImageFile;
  /** Of the server's card. */
  readonly address: string;
  /** What the host had before. */
  before: string[] = [];
  readonly #fleet: Fleet;

  private constructor(fleet: Fleet) {
    this.#fleet = fleet;
    const number = fleet.nextWorld();
    const network = `198.${18 + (number >> 8)}.${number & 255}`;
    this.address = `${network}.5`;
    this.datacentre = new FakeDatacentre({ network });
    this.host = this.datacentre.addHost(`c${number}-compute1`);
  }

  static async open(fleet: Fleet): Promise<CreateWorld> {
    const world = new CreateWorld(fleet);
    const { name, address, ssh } = world.host;
    const host = { name, address, port: 22, user: "root", hostKey: ssh.hostKey, uri: "qemu:///system", migrationAddress: null };
    world.hostId = (await fleet.store.hosts.add(host)).id;
    addLibvirtFilters(world.host);
    await world.look();
    world.image = await world.#upload();
    world.before = world.files();
    return world;
  }

  get guest(): FakeDomain | undefined {
    return this.host.domains.get(this.uuid);
  }

  get basePath(): string {
    return `${DIRECTORY}/_base-${this.image.sha256}.qcow2`;
  }

  /** Paths of the files in the host's pool. */
  files(): string[] {
    return [...this.host.files.paths()].filter((path) => path.startsWith(`${DIRECTORY}/`)).sort();
  }

  /** The fake emulator's own kind of image, entered as checked. */
  async #upload(): Promise<ImageFile> {
    const { images } = this.#fleet.store;
    const content = FakeFile.ofImage({ format: "qcow2", capacityBytes: 64 * MIB, backing: null, blocks: { boot: this.uuid } }).content();
    const { projectId } = this.#fleet.owner;
    const sizes = { minDiskGiB: 0, minRamMiB: 0 };
    const { id, name } = await images.add({ name: "debian", projectId, isPublic: false, diskFormat: "qcow2", ...sizes, source: null });
    await images.beginUpload(id);
    await images.saveChunk(id, 0, new Uint8Array(content));
    const sha256 = createHash("sha256").update(content).digest("hex");
    const facts = { sha256, sizeBytes: content.length, virtualBytes: 64 * MIB };
    await images.activate(id, facts);
    return { id, name, format: "qcow2", ...facts };
  }

  async accept({
    image = this.image,
    memoryMiB = 512,
    configDrive = true,
    securityGroups = [] as string[],
    nics = [] as ServerNic[],
  } = {}): Promise<void> {
    const { owner, store } = this.#fleet;
    const { projectId, userId } = owner;
    await store.acceptServers(
      [
        {
          id: this.uuid,
          name: "web 1",
          projectId,
          userId,
          host: { id: this.hostId, name: this.host.name },
          refused: null,
          flavor: { id: "1", name: "m1.tiny", memoryMiB, vcpus: 1, rootGiB: 1, extraSpecs: {} },
          rootGiB: 1,
          nics,
          metadata: {},
          tags: [],
          description: null,
          userData: null,
          accessIPv4: null,
          accessIPv6: null,
          hostname: "web-1",
          keyName: null,
          reservationId: "r-0badcafe",
          launchIndex: 0,
          diskConfig: "MANUAL",
          pinnedZone: null,
          hints: null,
          securityGroups,
          build: { image, configDrive: configDrive ? driveOrder : null },
          requestId: this.requestId,
        },
      ],
      null,
    );
  }

  /** With a card of a known address, in a security group that lets port 80 in. */
  async acceptGuarded(): Promise<void> {
    const nics = [{ network: "default", mac: "52:54:c6:12:00:05", fixedIp: this.address }];
    await this.accept({ securityGroups: [await this.group()], nics });
  }

  /** A security group of the server's project that lets port 80 in. */
  async group(): Promise<string> {
    const { owner, store } = this.#fleet;
    const { projectId } = owner;
    const { id } = await store.securityGroups.create({ projectId, name: `web of ${this.uuid}`, description: "" });
    await this.letIn(id, 80);
    return id;
  }

  async letIn(groupId: string, port: number): Promise<void> {
    const rule = { groupId, protocol: "tcp", fromPort: port, toPort: port, cidr: "0.0.0.0/0", remoteGroupId: null } as const;
    await this.#fleet.store.securityGroups.addRule(rule);
  }

  /** The names of the filters that ferry placed on the host. */
  filters(): string[] {
    return [...this.host.nwfilters.keys()].filter(isSecurityFilter).sort();
  }

  /** What the record says of the server's firewall. */
  firewall() {
    return this.#fleet.store.serverFirewalls.state(this.uuid);
  }

  /** One worker brings the server's firewall in line. */
  async applyFirewall(): Promise<void> {
    await this.worker().runFirewall(this.uuid);
  }

  /** Whether the server's host has its rules still to be told. */
  async firewallPending(): Promise<boolean> {
    return (await this.#fleet.store.serverFirewalls.pending()).includes(this.uuid);
  }

  /** Asks for the server's disk to be made anew of the image that it has. */
  async rebuild(name = "anew"): Promise<void> {
    const { owner, store } = this.#fleet;
    const { projectId, userId } = owner;
    const who = { serverId: serverId(this.uuid), requestId: `req-${randomUUID()}`, projectId, userId };
    await store.acceptRebuild({ ...who, columns: { name }, build: { image: this.image, configDrive: driveOrder } });
  }

  async do(action: "stop" | "delete"): Promise<void> {
    const { owner, store } = this.#fleet;
    const { projectId, userId } = owner;
    await store.acceptServerTask({ serverId: serverId(this.uuid), action, requestId: `req-${randomUUID()}`, projectId, userId });
  }

  async setState(vmState: string): Promise<void> {
    await this.#fleet.sql.query("UPDATE servers SET vm_state = $2 WHERE id = $1", [this.uuid, vmState]);
  }

  async delete(): Promise<void> {
    const { owner, store } = this.#fleet;
    await store.acceptServerTask({ serverId: serverId(this.uuid), action: "delete", requestId: `req-${randomUUID()}`, ...owner });
  }

  worker(faults: WorkerFaults = () => undefined): TestWorker {
    const worker = new TestWorker(this.#fleet, this.datacentre, defaultSettings, faults, (store) => store);
    this.workers.push(worker);
    return worker;
  }

  /** A full look at the host, as its watch takes one. */
  async look(): Promise<void> {
    const visitor = this.worker();
    await visitor.adopt(this.hostId);
    await visitor.stop();
  }

  /** One worker carries the task out to its end, its death, or as far as it gets. */
  async run(faults?: WorkerFaults): Promise<void> {
    const worker = this.worker(faults);
    const id = await this.taskId();
    if (id !== null) await worker.runTask(id);
  }

  /** What the reconciler does until nothing is left to do: leases of the dead run out, then a new worker takes over. */
  async recover(faults?: WorkerFaults): Promise<void> {
    for (let tries = 0; tries < TRIES && (await this.taskId()) !== null; tries++) {
      await this.#fleet.sql.query("UPDATE server_tasks SET lease_until = now() - interval '1 s' WHERE server_id = $1", [this.uuid]);
      await this.run(faults);
    }
  }

  async taskId(): Promise<string | null> {
    const { rows } = await this.#fleet.sql.query<{ id: string }>("SELECT id FROM server_tasks WHERE server_id = $1", [this.uuid]);
    return rows[0]?.id ?? null;
  }

  async record(): Promise<{ name: string; vm_state: string; task_state: string | null; fault_message: string | null; build: unknown }> {
    const { rows } = await this.#fleet.sql.query("SELECT name, vm_state, task_state, fault_message, build FROM servers WHERE id = $1", [
      this.uuid,
    ]);
    return rows[0];
  }

  /** What the ledger holds of the server's making and of its base image. */
  async ledger(): Promise<string[]> {
    const { rows } = await this.#fleet.sql.query<{ kind: string; state: string }>(
      "SELECT kind, state FROM artifacts WHERE migration_id = $1 ORDER BY kind, key",
      [this.uuid],
    );
    return rows.map(({ kind, state }) => `${kind} ${state}`);
  }

  async close(): Promise<void> {
    for (const worker of this.workers) await worker.stop();
    this.datacentre.close();
  }
}
