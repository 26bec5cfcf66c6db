import { setTimeout as sleep } from "node:timers/promises";
import type { ApiClient } from "../../stack/api-client.ts";
import type { MovingGuest } from "./moving-guest.ts";
import { PeerProbe, type ProbeTarget } from "./peer-probe.ts";
import type { World } from "./world.ts";

/** The newest microversion with security groups. */
const VERSION = "2.35";
const PATIENCE_MS = 500;

export interface Rule {
  readonly ip_protocol?: string;
  readonly from_port?: number;
  readonly to_port?: number;
  readonly cidr?: string;
  readonly group_id?: string;
}

export interface Firewall {
  readonly guarded: boolean;
  readonly pending: boolean;
  readonly problem: string | null;
}

/** Nova's security groups over the wire. */
export class SecurityGroups {
  readonly #api: ApiClient;
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    this.#api = world.stack.api;
  }

  async create(name: string): Promise<string> {
    const body = { security_group: { name, description: "" } };
    const answer = await this.#api.ok("POST", "/v2.1/os-security-groups", body, VERSION);
    return (answer.body["security_group"] as { id: string }).id;
  }

  /** The id of the project's group of that name. */
  async idOf(name: string): Promise<string> {
    const { body } = await this.#api.ok("GET", "/v2.1/os-security-groups", undefined, VERSION);
    const group = (body["security_groups"] as { id: string; name: string }[]).find((one) => one.name === name);
    if (group === undefined) throw new Error(`The project has no security group ${name}.`);
    return group.id;
  }

  async addRule(group: string, rule: Rule): Promise<string> {
    const body = { security_group_rule: { parent_group_id: group, ...rule } };
    const answer = await this.#api.ok("POST", "/v2.1/os-security-group-rules", body, VERSION);
    return (answer.body["security_group_rule"] as { id: string }).id;
  }

  async removeRule(id: string): Promise<void> {
    await this.#api.ok("DELETE", `/v2.1/os-security-group-rules/${id}`, undefined, VERSION);
  }

  async act(server: string, action: "addSecurityGroup" | "removeSecurityGroup", name: string): Promise<void> {
    await this.#api.ok("POST", `/v2.1/servers/${server}/action`, { [action]: { name } });
  }

  async firewall(server: string): Promise<Firewall> {
    return (await this.#api.ok("GET", `/ferry/v1/servers/${server}/firewall`)).body["firewall"] as Firewall;
  }

  /** Waits until what was asked last is in force, and takes what the guest's host has then on account of it as the guest's own. */
  async inForce(guest: MovingGuest, withinMs?: number): Promise<void> {
    await this.#api.until(
      `the firewall of ${guest.name} is in force`,
      async () => {
        const { guarded, pending } = await this.firewall(guest.id);
        return guarded && !pending ? true : null;
      },
      withinMs,
    );
    const { added, removed } = await this.#world.strayThings(guest.at);
    guest.things.push(...added);
    for (const thing of removed) guest.things.splice(guest.things.indexOf(thing), 1);
  }
}

/** How many answers each of them gets within half a second. */
export async function heard(...targets: ProbeTarget[]): Promise<number[]> {
  const probes = await Promise.all(targets.map((target) => PeerProbe.start(target)));
  await sleep(PATIENCE_MS);
  return probes.map((probe) => probe.stop().answered);
}
