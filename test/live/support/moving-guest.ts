import { type GuestOptions, startGuest, type WitnessClient, type WitnessStatus, witness } from "../../lab/index.ts";
import type { HostName, World } from "./world.ts";

export interface MovingGuestOptions extends Omit<GuestOptions, "host" | "wait"> {
  readonly host: HostName;
}

/** A guest of a test: where it must be now, what it has on its host, and the program inside that proves that it went on. */
export class MovingGuest {
  readonly name: string;
  /** The server's id in the API, which is the domain's uuid. */
  readonly id: string;
  readonly inside: WitnessClient;
  /** Whether an nwfilter guards it. */
  readonly filtered: boolean;
  /** Items of the inventory that are on the guest's host because of it. */
  readonly things: string[] = [];
  at: HostName;
  domainState = "running";
  /** What the witness said last. */
  last: WitnessStatus;

  private constructor(options: MovingGuestOptions, id: string, inside: WitnessClient, last: WitnessStatus) {
    this.name = options.name;
    this.filtered = options.filter !== false;
    this.at = options.host;
    this.id = id;
    this.inside = inside;
    this.last = last;
  }

  /** Boots it with little memory, fills part of that with a pattern, and waits until ferry shows it as ACTIVE. */
  static async start(world: World, options: MovingGuestOptions): Promise<MovingGuest> {
    await startGuest(world.lab, { memoryMiB: 128, ...options });
    const inside = await witness(world.lab, options.name);
    const { api } = world.stack;
    const server = await api.until(`ferry shows ${options.name} as ACTIVE`, async () => {
      const found = (await api.ok("GET", "/v2.1/servers/detail?all_tenants=1")).body["servers"] as {
        id: string;
        name: string;
        status: string;
      }[];
      return found.find(({ name, status }) => name === options.name && status === "ACTIVE") ?? null;
    });
    return new MovingGuest(options, server.id, inside, await inside.pattern(16));
  }

  get diskPath(): string {
    return `/var/lib/libvirt/images/${this.name}.qcow2`;
  }

  close(): void {
    this.inside.close();
  }
}
