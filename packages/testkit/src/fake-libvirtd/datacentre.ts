import { randomUUID } from "node:crypto";
import type { SshHost, SshOptions } from "@ferry/libvirt";
import { GuestTruth } from "./guest-truth.ts";
import { FakeHost } from "./host.ts";
import { Journal } from "./journal.ts";
import { Pace } from "./pace.ts";
import { FakeSshHost, nobody } from "./ssh/fake-ssh.ts";

/**
 * Hosts that reach each other. Guests really move between them: disks are copied block by block, memory is one state, and two executions of
 * one guest at a time are seen and written down as a violation.
 */
export class FakeDatacentre {
  readonly journal = new Journal();
  readonly pace: Pace;
  /** Called in each turn of each copy, counted from 1: where a test steps in between two moments. */
  onTurn: ((turn: number) => void | Promise<void>) | null = null;
  #turns = 0;
  readonly #network: string;
  readonly #hosts: FakeHost[] = [];
  readonly #truths = new Map<string, GuestTruth>();
  readonly #cuts = new Set<string>();

  /** `network`: the first three bytes of its hosts' addresses, so that several datacentres fit into one record. */
  constructor({ tickMs = 1, network = "198.18.0" }: { tickMs?: number; network?: string } = {}) {
    this.pace = new Pace(tickMs);
    this.#network = network;
  }

  /** Adds a host at the next address, with a `default` pool and a `default` network. */
  addHost(name: string): FakeHost {
    const address = `${this.#network}.${this.#hosts.length + 11}`;
    const host = new FakeHost(this, { name, address, uuid: randomUUID() });
    this.#hosts.push(host);
    return host;
  }

  get hosts(): readonly FakeHost[] {
    return this.#hosts;
  }

  hostAt(address: string): FakeHost | undefined {
    return this.#hosts.find((host) => host.address === address || host.name === address);
  }

  /** The truth of a guest, from its first appearance on. */
  truthOf(uuid: string): GuestTruth {
    const truth = this.#truths.get(uuid) ?? new GuestTruth(uuid, this.journal);
    this.#truths.set(uuid, truth);
    return truth;
  }

  /** One turn of a copy has passed. */
  async turn(): Promise<void> {
    await this.pace.tick();
    await this.onTurn?.(++this.#turns);
  }

  /** Packets between the two hosts vanish (until restored); ferry reaches both. */
  cutLink(one: FakeHost, other: FakeHost): void {
    this.#cuts.add(linkOf(one, other));
  }

  restoreLink(one: FakeHost, other: FakeHost): void {
    this.#cuts.delete(linkOf(one, other));
  }

  linked(one: FakeHost, other: FakeHost): boolean {
    return one.powered && other.powered && !this.#cuts.has(linkOf(one, other));
  }

  /** In the place of `new SshHost(options)`: leads to the fake host of that address. At any other address nobody answers. */
  sshHost(options: SshOptions): SshHost {
    return new FakeSshHost(options, this.hostAt(options.address)?.ssh ?? nobody);
  }

  /** Ends every connection, so that nothing keeps the test alive. */
  close(): void {
    for (const host of this.#hosts) host.close();
  }
}

const linkOf = (one: FakeHost, other: FakeHost): string => [one.name, other.name].sort().join(" - ");
