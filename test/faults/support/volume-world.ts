import { randomUUID } from "node:crypto";
import { type ServerId, serverId, type VolumeAction } from "@ferry/core";
import type { VolumeRow } from "@ferry/store";
import { type Emulator, FakeFile, type FakeHost, startGuest } from "@ferry/testkit";
import type { Fleet } from "./fleet.ts";
import { TaskWorld } from "./task-world.ts";

const POOL = "default";
const MIB = 1024 ** 2;

/** Where a guest has the volume: in its process, and in its definition. */
export interface Plugged {
  readonly live: boolean;
  readonly config: boolean;
}

/** A host with a guest and a volume that the guest may have: the place of attaching and detaching. */
export class VolumeWorld {
  readonly tasks: TaskWorld;
  readonly volumeId: string;
  readonly path: string;
  readonly #fleet: Fleet;

  private constructor(fleet: Fleet, tasks: TaskWorld, volumeId: string, path: string) {
    this.#fleet = fleet;
    this.tasks = tasks;
    this.volumeId = volumeId;
    this.path = path;
  }

  static async open(fleet: Fleet): Promise<VolumeWorld> {
    const tasks = await TaskWorld.open(fleet);
    const { projectId, userId } = fleet.owner;
    const place = { hostId: tasks.hostId, pool: POOL, volumeName: `data-${randomUUID()}` };
    const id = await fleet.store.volumes.enter({ name: null, projectId, userId, sizeGiB: 1, format: "raw", ...place });
    const path = putImage(tasks.host, place.volumeName);
    await fleet.store.volumes.made(id, { pool: POOL, volumeName: place.volumeName, path, sizeGiB: 1, sharedIdentity: null });
    return new VolumeWorld(fleet, tasks, id, path);
  }

  /** Enters the request for a server, this world's own unless another is named. */
  async accept(action: VolumeAction, server: ServerId = serverId(this.tasks.uuid)): Promise<void> {
    const requestId = `req-${randomUUID()}`;
    const more = { target: null, tag: null, deleteOnTermination: false };
    await this.#fleet.store.acceptVolumeTask({
      serverId: server,
      action,
      requestId,
      volumeId: this.volumeId,
      ...this.#fleet.owner,
      ...more,
    });
    if (server === this.tasks.uuid) this.tasks.requestId = requestId;
  }

  /** Accepted and carried out by a worker that nothing befalls. */
  async act(action: VolumeAction): Promise<void> {
    await this.accept(action);
    await this.tasks.run();
  }

  async volume(): Promise<VolumeRow> {
    const row = await this.#fleet.store.volumes.find(this.volumeId);
    if (row === null) throw new Error(`volume ${this.volumeId} is not in the record`);
    return row;
  }

  /** Where a guest has the volume now, whatever the disk is called. */
  plugged(uuid: string = this.tasks.uuid): Plugged {
    const domain = this.tasks.datacentre.hosts.map((host) => host.domains.get(uuid)).find((found) => found !== undefined);
    const live = [...(domain?.emulator?.disks.values() ?? [])].some(({ path }) => path === this.path);
    return { live, config: domain?.persistentXml?.includes(this.path) ?? false };
  }

  /** The guests whose process has the volume open. */
  writers(): string[] {
    return this.tasks.datacentre.hosts.flatMap(({ domains }) => [...domains.keys()]).filter((uuid) => this.plugged(uuid).live);
  }

  /** From now on the guest does not let go of a disk, until it listens again. */
  isDeaf(): void {
    this.tasks.guest.deaf = true;
  }

  listens(): void {
    this.tasks.guest.deaf = false;
  }

  /** A second server on the same host. */
  async second(): Promise<ServerId> {
    const { uuid } = startGuest(this.tasks.host, { name: "second" });
    await this.tasks.look();
    return serverId(uuid);
  }

  /** A worker carries out what is asked of that server, if anything is. */
  async runTaskOf(server: ServerId): Promise<void> {
    const { rows } = await this.#fleet.sql.query<{ id: string }>("SELECT id FROM server_tasks WHERE server_id = $1", [server]);
    for (const { id } of rows) await this.tasks.worker().runTask(id);
  }

  /** Somebody at the host gives the guest a disk `vdb`, a new one unless a path is named; returns its path. */
  plugByHand(uuid: string, path: string = putImage(this.tasks.host, `foreign-${randomUUID()}`)): string {
    const disk = `<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${path}'/><target dev='vdb' bus='virtio'/></disk>`;
    this.#redefine(
      uuid,
      (xml) => xml.replace("</devices>", `${disk}</devices>`),
      (emulator, xml) => emulator.plug(xml, "vdb"),
    );
    return path;
  }

  /** Somebody at the host takes the disk `vdb` away from this world's guest. */
  pullByHand(): void {
    const without = (xml: string): string => xml.replace(/<disk (?:(?!<disk ).)*?<target dev=["']vdb["'].*?<\/disk>/s, "");
    this.#redefine(this.tasks.uuid, without, (emulator, xml) => emulator.unplug(xml, "vdb"));
  }

  #redefine(uuid: string, change: (xml: string) => string, act: (emulator: Emulator, xml: string) => void): void {
    const domain = this.tasks.host.domains.get(uuid);
    if (!domain?.emulator || domain.persistentXml === null) throw new Error(`guest ${uuid} does not run here`);
    domain.define(change(domain.persistentXml));
    act(domain.emulator, change(domain.emulator.xml));
  }

  close(): Promise<void> {
    return this.tasks.close();
  }
}

/** Puts an empty raw volume into the host's default pool, which then knows it. */
export function putImage(host: FakeHost, name: string): string {
  const pool = host.pools.named(POOL);
  const path = pool.pathOf(name);
  host.files.put(path, FakeFile.ofImage({ format: "raw", capacityBytes: 64 * MIB, backing: null, blocks: {} }));
  pool.refresh();
  return path;
}
