import { guardName } from "@ferry/core";
import type { FakeHost, GuestSpec } from "@ferry/testkit";
import type { Fleet } from "./fleet.ts";
import { TaskWorld } from "./task-world.ts";
import type { TestWorker } from "./test-worker.ts";

const TRIES = 20;

/** libvirt's own filters, to which those of ferry refer. */
export function addLibvirtFilters(host: FakeHost): void {
  for (const name of ["no-mac-spoofing", "no-arp-mac-spoofing", "clean-traffic"]) host.addNwfilter(name);
}

/** A guest on one host, its project's groups, and workers that may die. */
export class FirewallWorld {
  readonly tasks: TaskWorld;
  readonly #fleet: Fleet;

  private constructor(fleet: Fleet, tasks: TaskWorld) {
    this.#fleet = fleet;
    this.tasks = tasks;
  }

  static async open(fleet: Fleet, guest: GuestSpec = { bridge: "br0" }): Promise<FirewallWorld> {
    return new FirewallWorld(fleet, await TaskWorld.open(fleet, guest, addLibvirtFilters));
  }

  get host(): FakeHost {
    return this.tasks.host;
  }

  get uuid(): string {
    return this.tasks.uuid;
  }

  /** A new group of the project; returns its id. */
  async group(): Promise<string> {
    const name = `group ${this.uuid} ${performance.now()}`;
    return (await this.#fleet.store.securityGroups.create({ projectId: this.#fleet.owner.projectId, name, description: "" })).id;
  }

  /** Lets one TCP port in from everywhere; returns the rule's id. */
  async open(groupId: string, port: number): Promise<string> {
    const rule = { groupId, protocol: "tcp", fromPort: port, toPort: port, cidr: "0.0.0.0/0", remoteGroupId: null } as const;
    return (await this.#fleet.store.securityGroups.addRule(rule)).id;
  }

  async join(groupId: string): Promise<void> {
    await this.#fleet.store.securityGroupMembers.join({ serverId: this.uuid, groupId, group: groupId });
  }

  /** One worker brings the firewall in line, or as far as it gets. */
  async run(): Promise<TestWorker> {
    const worker = this.tasks.worker();
    await worker.runFirewall(this.uuid);
    return worker;
  }

  /** What the reconciler does until nothing is pending: leases of the dead run out, waits are over, a new worker takes over. */
  async recover(): Promise<void> {
    for (let tries = 0; tries < TRIES && (await this.state())?.pending === true; tries++) {
      await this.#fleet.sql.query(
        "UPDATE server_firewalls SET lease_until = now() - interval '1 s', retry_at = NULL WHERE server_id = $1",
        [this.uuid],
      );
      await this.run();
    }
  }

  state() {
    return this.#fleet.store.serverFirewalls.state(this.uuid);
  }

  /** TCP ports that the host lets in to the guest; null: its card, running or at its next start, is not guarded. */
  openPorts(): number[] | null {
    const name = guardName(this.uuid);
    const guarded = [this.tasks.guest.persistentXml, this.tasks.guest.emulator?.xml ?? null].every(
      (xml) => xml === null || xml.includes(`filter="${name}"`),
    );
    const rules = this.host.nwfilters.get(name)?.xml ?? "";
    return guarded ? [...rules.matchAll(/<tcp [^>]*dstportstart="(\d+)"/g)].map((match) => Number(match[1])) : null;
  }

  close(): Promise<void> {
    return this.tasks.close();
  }
}
