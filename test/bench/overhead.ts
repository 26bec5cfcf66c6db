import { writeFile } from "node:fs/promises";
import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { BenchWorld, otherHost } from "./bench-world.ts";
import { type FerryMove, moveByFerry } from "./ferry-move.ts";
import { printOverhead, printSteps } from "./overhead-report.ts";
import { moveByVirsh, type VirshMove } from "./virsh-move.ts";

export interface OverheadOptions {
  readonly pairs: number;
  readonly transport: "auto" | "p2p" | "direct";
  /** MiB. */
  readonly memory: number;
  /** MiB. */
  readonly data: number;
  readonly steps?: true;
  readonly json?: string;
}

/** One move by each, there and back. */
export interface Pair {
  readonly ferry: FerryMove;
  readonly virsh: VirshMove;
  /** Load average of the last minute when the pair began. */
  readonly load: number;
}

/** Between two moves: what the one before left running in the background must not be measured with the next. */
const REST_MS = 1500;

/**
 * ferry against `virsh migrate` with the same flags, on the same two hosts, with the same guest, in turn. The one that begins a pair ends the
 * next, so each moves the guest in both directions equally often. Only the virsh command itself is timed; the disk that it leaves at the source
 * is removed outside of the time, while ferry's time includes that it removes it.
 */
export async function overhead(options: OverheadOptions): Promise<void> {
  const world = await BenchWorld.open({
    memoryMiB: options.memory,
    ...(options.data > 0 ? { dataMiB: options.data } : {}),
    say: (line) => console.log(line),
  });
  const pairs: Pair[] = [];
  try {
    for (let number = 0; number <= options.pairs; number++) {
      const pair = await measurePair(world, options, number % 2 === 1);
      if (number > 0) pairs.push(pair);
      console.log(progressLine(number, pair));
    }
  } finally {
    await world.close();
  }
  if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify({ options, pairs }, null, 2)}\n`);
  if (options.steps) printSteps(pairs);
  printOverhead(pairs, options);
}

async function measurePair(world: BenchWorld, { transport }: OverheadOptions, ferryFirst: boolean): Promise<Pair> {
  const load = loadavg()[0] ?? 0;
  const byFerry = () => rested(world, () => moveByFerry(world, otherHost(world.at), transport));
  const byVirsh = () => rested(world, () => moveByVirsh(world, otherHost(world.at)));
  if (!ferryFirst) {
    const virsh = await byVirsh();
    return { ferry: await byFerry(), virsh, load };
  }
  const ferry = await byFerry();
  return { ferry, virsh: await byVirsh(), load };
}

/** A move of a calm guest: ferry knows where it is, and nothing of the move before still runs. */
export async function rested<T>(world: BenchWorld, move: () => Promise<T>): Promise<T> {
  await world.untilKnown();
  await sleep(REST_MS);
  const moved = await move();
  await world.checkMoved();
  return moved;
}

function progressLine(number: number, { ferry, virsh, load }: Pair): string {
  const name = number === 0 ? "warm-up" : `pair ${number}`;
  const times = `ferry ${Math.round(ferry.totalMs)} ms (ACTIVE after ${Math.round(ferry.activeMs)} ms)  virsh ${Math.round(virsh.totalMs)} ms`;
  return `${name.padEnd(8)} ${times}  load ${load.toFixed(1)}`;
}
