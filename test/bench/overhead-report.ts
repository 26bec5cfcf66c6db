import Table from "cli-table3";
import type { OverheadOptions, Pair } from "./overhead.ts";
import { median, spread } from "./statistics.ts";

/** One measure by one of the two. */
interface Row {
  readonly name: string;
  readonly of: (pair: Pair) => number;
}

/** A measure of ferry divided by one of virsh, pair by pair. `goal`: what the median is to stay below, and what it would ideally be. */
interface Ratio extends Row {
  readonly goal: string;
}

const rows: readonly Row[] = [
  { name: "virsh: the command", of: ({ virsh }) => virsh.totalMs },
  { name: "virsh: until a peer hears the guest at the destination", of: ({ virsh }) => virsh.heardAgainMs },
  { name: "ferry: POST to completed", of: ({ ferry }) => ferry.totalMs },
  { name: "ferry: POST to ACTIVE at the destination", of: ({ ferry }) => ferry.activeMs },
  { name: "ferry: until a peer hears the guest at the destination", of: ({ ferry }) => ferry.heardAgainMs },
  { name: "ferry: POST to answer", of: ({ ferry }) => ferry.answerMs },
  { name: "virsh: downtime, libvirt's number", of: ({ virsh }) => virsh.downtimeMs },
  { name: "ferry: downtime, libvirt's number", of: ({ ferry }) => ferry.downtimeMs },
  { name: "virsh: longest silence on the network", of: ({ virsh }) => virsh.gapMs },
  { name: "ferry: longest silence on the network", of: ({ ferry }) => ferry.gapMs },
];

const ratios: readonly Ratio[] = [
  { name: "total time", of: ({ ferry, virsh }) => ferry.totalMs / virsh.totalMs, goal: "at most 1.25, ideally 1.0" },
  { name: "ACTIVE at the destination", of: ({ ferry, virsh }) => ferry.activeMs / virsh.totalMs, goal: "at most 0.75, ideally 0.5" },
  { name: "the same by virsh alone: guest heard / command", of: ({ virsh }) => virsh.heardAgainMs / virsh.totalMs, goal: "" },
  { name: "downtime, libvirt's number", of: ({ ferry, virsh }) => ferry.downtimeMs / virsh.downtimeMs, goal: "at most 1.1" },
  { name: "longest silence on the network", of: ({ ferry, virsh }) => ferry.gapMs / virsh.gapMs, goal: "" },
];

const plain = { style: { head: [], border: [] } };

/** All times, and the ratios of each pair with their goals. */
export function printOverhead(pairs: readonly Pair[], { transport, memory }: Pick<OverheadOptions, "transport" | "memory">): void {
  const times = new Table({ head: ["ms", "min", "median", "max"], ...plain });
  for (const { name, of } of rows) times.push([name, ...cells(pairs.map(of), 0)]);
  const quotients = new Table({ head: ["ferry / virsh", "min", "median", "max", "goal for the median"], ...plain });
  for (const { name, of, goal } of ratios) quotients.push([name, ...cells(pairs.map(of), 2), goal]);
  const loads = spread(pairs.map(({ load }) => load));
  const load = `load average ${loads.min.toFixed(1)} to ${loads.max.toFixed(1)}`;
  console.log(`\n${pairs.length} pairs, a guest of ${memory} MiB, ferry's transport ${transport}, ${load}`);
  console.log(`${times.toString()}\n${quotients.toString()}`);
}

/** Where ferry's time goes: median begin and duration of each step. */
export function printSteps(pairs: readonly Pair[]): void {
  const table = new Table({ head: ["step", "begins after ms", "takes ms"], ...plain });
  for (const { name } of pairs[0]?.ferry.steps ?? []) {
    const times = pairs.flatMap(({ ferry }) => ferry.steps.filter((step) => step.name === name));
    const [begin, duration] = [median(times.map(({ startMs }) => startMs)), median(times.map((time) => time.endMs - time.startMs))];
    table.push([name, begin.toFixed(0), duration.toFixed(0)]);
  }
  console.log(`\n${table.toString()}`);
}

function cells(values: readonly number[], digits: number): string[] {
  const { min, median: middle, max } = spread(values);
  return [min, middle, max].map((value) => value.toFixed(digits));
}
