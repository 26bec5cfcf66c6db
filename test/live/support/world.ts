import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import {
  hostNamed,
  type Inventory,
  inventory,
  inventoryChanges,
  type Lab,
  type LabHost,
  type LabUpOptions,
  labDown,
  labUp,
  openLab,
  removeGuest,
} from "../../lab/index.ts";
import { kvmWorks } from "../../lab/probe-kvm.ts";
import { Stack } from "../../stack/stack.ts";
import { MovingGuest, type MovingGuestOptions } from "./moving-guest.ts";

/** Names of the lab's two hosts. */
export type HostName = "compute1" | "compute2";

export const otherHost = (name: HostName): HostName => (name === "compute1" ? "compute2" : "compute1");

/** Test files that run at the same time have different pool ids, from 1. */
const workerNumber = Number(process.env["VITEST_POOL_ID"] ?? "1");
const labOptions = {
  name: process.env["FERRY_LAB_NAME"] ?? `live${workerNumber}`,
  subnet: process.env["FERRY_LAB_SUBNET"] ?? `198.18.${94 + 2 * workerNumber}.0/24`,
};

/** Two real hosts, ferry's real processes, and the knowledge of what each host must hold. One per test file. */
export class World {
  readonly stack: Stack;
  readonly guests: MovingGuest[] = [];
  lab: Lab;
  private readonly bare: Readonly<Record<HostName, Inventory>>;
  private readonly extras: Record<HostName, Set<string>> = { compute1: new Set(), compute2: new Set() };

  private constructor(lab: Lab, stack: Stack, bare: Readonly<Record<HostName, Inventory>>) {
    this.lab = lab;
    this.stack = stack;
    this.bare = bare;
  }

  /** Brings up a fresh lab and a fresh ferry that knows both hosts. What a crashed run left of the lab goes first. */
  static async open(options: Pick<LabUpOptions, "diskLimitsMiB"> = {}): Promise<World> {
    await labDown(labOptions);
    const lab = await labUp({ ...labOptions, ...options, hosts: 2 });
    const bare = { compute1: await inventory(hostNamed(lab, "compute1")), compute2: await inventory(hostNamed(lab, "compute2")) };
    const stack = await Stack.start(lab, { FERRY_VIRT_TYPE: (await kvmWorks(lab.config)) ? "kvm" : "qemu" });
    try {
      await stack.addHosts(lab.hosts);
    } catch (error) {
      await stack.stop();
      throw error;
    }
    return new World(lab, stack, bare);
  }

  /** Ends everything; safe when `open` has failed half-way. */
  static async close(world: World | undefined): Promise<void> {
    try {
      for (const guest of world?.guests ?? []) guest.close();
      await world?.stack.stop();
    } finally {
      await labDown(labOptions);
    }
  }

  host(name: HostName): LabHost {
    return hostNamed(this.lab, name);
  }

  /** Takes up a host's new process 1 after it was powered on again. */
  async reopenLab(): Promise<void> {
    this.lab = await openLab(labOptions);
  }

  /** Starts a guest and waits until ferry shows it as a server. */
  async startGuest(options: MovingGuestOptions): Promise<MovingGuest> {
    const before = await inventory(this.host(options.host));
    const guest = await MovingGuest.start(this, options);
    const { added } = inventoryChanges(before, await inventory(this.host(options.host)));
    guest.things.push(...added.filter((item) => !item.startsWith("domains: ") && !isShared(item)));
    for (const item of added.filter(isShared)) this.expectAlso(options.host, item);
    this.guests.push(guest);
    return guest;
  }

  /** Ends a guest and removes what belongs to it. */
  async removeGuest(guest: MovingGuest): Promise<void> {
    guest.close();
    this.guests.splice(this.guests.indexOf(guest), 1);
    await removeGuest(this.lab, guest.name);
  }

  /** From now on a host holds this item of an inventory besides its guests' things, `volumes: PATH` or the like. */
  expectAlso(host: HostName, item: string): void {
    this.extras[host].add(item);
  }

  expectNoMore(host: HostName, item: string): void {
    this.extras[host].delete(item);
  }

  /** What a host holds beyond, and what it lacks of, what it must hold now. */
  async strayThings(name: HostName): Promise<{ added: string[]; removed: string[] }> {
    const { added, removed } = inventoryChanges(this.bare[name], await inventory(this.host(name)));
    return { added: without(added, this.expected(name)), removed: [...removed, ...without(this.expected(name), added)] };
  }

  /** Waits until both hosts hold exactly what they must; tells the difference when they do not within the time. */
  async expectTidyHosts(withinMs: number): Promise<void> {
    const nothing = { added: [], removed: [] };
    for (const name of ["compute1", "compute2"] as const) {
      await expect
        .poll(() => this.strayThings(name), { timeout: withinMs, interval: 300, message: `what ${name} holds too much or lacks` })
        .toEqual(nothing);
    }
  }

  private expected(name: HostName): string[] {
    const here = this.guests.filter((guest) => guest.at === name);
    const filters = here.some((guest) => guest.filtered) ? [FILTER_ITEM] : [];
    const shared = new Set([...this.extras[name], ...filters]);
    return [...here.flatMap((guest) => [...guest.things, `domains: ${guest.name} ${guest.domainState}`]), ...shared];
  }
}

/** Text that is no other run's and needs no escaping. */
export const unique = (): string => randomUUID().slice(0, 8);

const FILTER_ITEM = "nwfilters: lab-guest";

/** Things of which a host has one, however many guests use it. */
const isShared = (item: string): boolean => item === FILTER_ITEM || item.includes("lab-base-");

/** `all` without `taken`, each occurrence counted. */
function without(all: readonly string[], taken: readonly string[]): string[] {
  const rest = [...all];
  for (const item of taken) {
    const at = rest.indexOf(item);
    if (at >= 0) rest.splice(at, 1);
  }
  return rest;
}
