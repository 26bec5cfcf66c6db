import Table from "cli-table3";
import { IMAGES_DIR, linkBytes } from "../lab/index.ts";
import { BenchWorld, otherHost } from "./bench-world.ts";
import { moveByFerry } from "./ferry-move.ts";
import { rested } from "./overhead.ts";
import { moveByVirsh } from "./virsh-move.ts";

export interface WireOptions {
  /** Virtual size, MiB. */
  readonly disk: number;
  /** MiB. */
  readonly used: number;
}

const MIB = 1024 ** 2;

interface Sent {
  readonly name: string;
  /** Sent by the source's migration link during the move, Ethernet headers included. */
  readonly bytes: number;
  /** The part of it that is the guest's memory, as libvirt counts it. */
  readonly memoryBytes: number;
  /** Bytes that the disk took at the source before the move, and at the destination after it. */
  readonly usedBefore: number;
  readonly usedAfter: number;
}

/** What crosses the wire when a thin disk moves with its guest, over what the disk uses. The goal for ferry: at most 1.10. */
export async function wire({ disk, used }: WireOptions): Promise<void> {
  const world = await BenchWorld.open({ memoryMiB: 128, diskMiB: disk, dataMiB: used, say: () => undefined });
  const rows: Sent[] = [];
  try {
    let memoryBytes = 0;
    const byFerry = (transport: "p2p" | "direct") => async () => {
      memoryBytes = (await moveByFerry(world, otherHost(world.at), transport)).memoryBytes ?? 0;
    };
    for (const transport of ["p2p", "direct"] as const)
      rows.push(await measure(world, `ferry, ${transport}`, byFerry(transport), () => memoryBytes));
    const byVirsh = async () => void (await moveByVirsh(world, otherHost(world.at)));
    rows.push(await measure(world, "virsh", byVirsh, () => memoryBytes));
  } finally {
    await world.close();
  }
  const table = new Table({
    head: ["MiB", "sent", "of it memory", "disk used before", "after", "disk sent / used"],
    style: { head: [], border: [] },
  });
  for (const row of rows) table.push(lineOf(row));
  console.log(
    `\nqcow2 of ${disk} MiB with ${used} MiB of data; virsh's memory is taken to be what ferry's last move sent\n${table.toString()}`,
  );
}

async function measure(world: BenchWorld, name: string, move: () => Promise<void>, memoryBytes: () => number): Promise<Sent> {
  const source = world.host(world.at);
  const usedBefore = await usedBytes(world);
  let bytes = 0;
  await rested(world, async () => {
    const before = await linkBytes(world.lab, source);
    await move();
    bytes = (await linkBytes(world.lab, source)).sent - before.sent;
  });
  return { name, bytes, memoryBytes: memoryBytes(), usedBefore, usedAfter: await usedBytes(world) };
}

async function usedBytes(world: BenchWorld): Promise<number> {
  const path = `${IMAGES_DIR}/${world.guest}.qcow2`;
  const stat = await world.host(world.at).exec(["stat", "--format=%b %B", path]);
  const [blocks = 0, unit = 0] = stat.trim().split(" ").map(Number);
  return blocks * unit;
}

function lineOf({ name, bytes, memoryBytes, usedBefore, usedAfter }: Sent): string[] {
  const mib = (value: number): string => (value / MIB).toFixed(1);
  return [name, mib(bytes), mib(memoryBytes), mib(usedBefore), mib(usedAfter), ((bytes - memoryBytes) / usedBefore).toFixed(3)];
}
