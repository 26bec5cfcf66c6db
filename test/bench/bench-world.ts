import { setTimeout as sleep } from "node:timers/promises";
import {
  type GuestOptions,
  guestFilterXml,
  hostNamed,
  IMAGES_DIR,
  type Lab,
  type LabHost,
  labDown,
  labUp,
  startGuest,
  trustHosts,
  virsh,
  whereIs,
  witness,
} from "../lab/index.ts";
import { Stack } from "../stack/stack.ts";

export type HostName = "compute1" | "compute2";

export const otherHost = (name: HostName): HostName => (name === "compute1" ? "compute2" : "compute1");

const GUEST = "bench";
const KNOWN_WITHIN_MS = 120_000;
const LOOK_AGAIN_MS = 500;
const labOptions = {
  name: process.env["FERRY_LAB_NAME"] ?? "lab-bench",
  subnet: process.env["FERRY_LAB_SUBNET"] ?? "198.18.94.0/24",
};

export type BenchGuest = Pick<GuestOptions, "memoryMiB" | "dataMiB" | "diskMiB" | "disks">;

/** Two hosts, ferry's real processes, and one guest that both ferry and virsh may move: what virsh needs for that is prepared. */
export class BenchWorld {
  readonly guest = GUEST;
  /** Where the guest runs. */
  at: HostName = "compute1";
  readonly lab: Lab;
  readonly stack: Stack;
  /** The guest's id in the API. */
  readonly serverId: string;
  readonly guestAddress: string;
  private bootId: string;

  private constructor(lab: Lab, stack: Stack, serverId: string, inside: { address: string; bootId: string }) {
    this.lab = lab;
    this.stack = stack;
    this.serverId = serverId;
    this.guestAddress = inside.address;
    this.bootId = inside.bootId;
  }

  static async open({ say, ...guest }: BenchGuest & { readonly say: (line: string) => void }): Promise<BenchWorld> {
    await labDown(labOptions);
    try {
      const lab = await labUp({ ...labOptions, hosts: 2, progress: say });
      await prepareForVirsh(lab);
      await startGuest(lab, { host: "compute1", name: GUEST, ...guest });
      return await BenchWorld.withFerry(lab);
    } catch (error) {
      await labDown(labOptions);
      throw error;
    }
  }

  private static async withFerry(lab: Lab): Promise<BenchWorld> {
    const stack = await Stack.start(lab);
    try {
      await stack.addHosts(lab.hosts);
      const server = await stack.api.until("the guest is a server", () => stack.api.server(GUEST).catch(() => null));
      using inside = await witness(lab, GUEST);
      const { bootId } = await inside.status();
      return new BenchWorld(lab, stack, server.id, { address: inside.address, bootId });
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  async close(): Promise<void> {
    try {
      await this.stack.stop();
    } finally {
      await labDown(labOptions);
    }
  }

  host(name: HostName): LabHost {
    return hostNamed(this.lab, name);
  }

  /** Resolves when ferry's record says that the guest is ACTIVE where it is, whoever moved it there; that may take until ferry's next look at all guests. */
  async untilKnown(): Promise<void> {
    const deadline = Date.now() + KNOWN_WITHIN_MS;
    while (!(await this.isKnown())) {
      if (Date.now() > deadline) throw new Error(`ferry does not show ${GUEST} as ACTIVE on ${this.at} after ${KNOWN_WITHIN_MS} ms.`);
      await sleep(LOOK_AGAIN_MS);
    }
  }

  private async isKnown(): Promise<boolean> {
    const { status, body } = await this.stack.api.request("GET", `/v2.1/servers/${this.serverId}`);
    if (status === 404) return false;
    const server = body["server"] as Record<string, unknown>;
    return server["OS-EXT-SRV-ATTR:host"] === this.at && server["status"] === "ACTIVE" && server["OS-EXT-STS:task_state"] === null;
  }

  /** Notes that the guest has moved. @throws Error when it is not there and there only, or did not come through whole. */
  async checkMoved(): Promise<void> {
    this.at = otherHost(this.at);
    const places = (await whereIs(this.lab, GUEST)).map(({ host, state }) => `${host.name}: ${state}`);
    if (places.join() !== `${this.at}: running`)
      throw new Error(`The guest must run on ${this.at} and nowhere else; it is at ${places.join(", ")}.`);
    using inside = await witness(this.lab, GUEST);
    const { bootId, records } = await inside.verify();
    if (bootId !== this.bootId || records.bad > 0 || records.errors > 0) throw new Error(`The guest did not come through the move whole.`);
  }

  /** What `virsh migrate` leaves at the source: the guest's local disks, which its next move in that direction would not want to find. */
  async deleteDisksOn(name: HostName): Promise<void> {
    const host = this.host(name);
    const files = (await host.exec(["ls", IMAGES_DIR])).split("\n").filter((file) => /^bench\.(vd[b-z]\.)?(qcow2|raw)$/.test(file));
    if (files.length > 0) await host.exec(["rm", "--", ...files.map((file) => `${IMAGES_DIR}/${file}`)]);
    await virsh(host, ["pool-refresh", "default"]);
  }
}

/** What a person prepares once: hosts that reach each other, and the guest's filter on both. */
async function prepareForVirsh(lab: Lab): Promise<void> {
  await trustHosts(lab);
  for (const host of lab.hosts) await virsh(host, ["nwfilter-define", "/dev/stdin"], guestFilterXml());
}
