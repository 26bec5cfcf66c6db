import Table from "cli-table3";
import type { BeatReport, WitnessStatus } from "../lab/index.ts";
import type { DemoFerry } from "./ferry.ts";

export interface Proof {
  readonly guest: string;
  readonly from: string;
  readonly to: string;
  readonly tookMs: number;
  readonly before: WitnessStatus;
  readonly after: WitnessStatus;
  readonly beats: BeatReport;
  readonly migration: Record<string, unknown>;
  readonly sourceFiles: string;
}

const mib = (bytes: unknown): string => (typeof bytes === "number" ? `${(bytes / 2 ** 20).toFixed(1)} MiB` : "not reported");
const ms = (value: unknown): string => (typeof value === "number" ? `${Math.round(value)} ms` : "not reported");

/** What became of the records: the guest goes on writing while they are read back, so only those known before can be missed. */
function recordsText(before: number, { checked, bad }: WitnessStatus["records"]): string {
  if (bad > 0) return `${bad} of ${checked} LOST OR DAMAGED`;
  if (checked >= before) return `all ${before} read back whole, and ${checked - before} newer ones`;
  return `the newest ${checked} read back whole (older ones were overwritten)`;
}

/** The short table at the end: before and after, the numbers of the move, and the proof from inside the guest. */
export function printProof(proof: Proof): void {
  const { before, after, beats, migration } = proof;
  const summary = (migration["summary"] ?? {}) as Record<string, unknown>;
  const intact = after.bootId === before.bootId && after.records.bad === 0 && after.records.errors === 0 && after.pattern.ok;
  const table = new Table({ head: [proof.guest, "before", "after"], style: { head: [], border: [] } });
  table.push(
    ["runs on", proof.from, proof.to],
    ["its own counter", before.counter, after.counter],
    ["boot id", before.bootId, after.bootId],
    ["records written to disk", before.records.written, recordsText(before.records.written, after.records)],
    ["memory pattern", `${before.pattern.mib} MiB`, after.pattern.ok ? `${after.pattern.mib} MiB intact` : "DAMAGED"],
  );
  console.log(`\n${table.toString()}`);
  const numbers = new Table({ style: { head: [], border: [] } });
  numbers.push(
    { "total time, command to prompt": ms(proof.tookMs) },
    { "transfer, as libvirt reports it": `${ms(summary["total_ms"])} (${String(summary["transport"] ?? migration["transport"])})` },
    { "downtime, as libvirt reports it": ms(summary["downtime_ms"]) },
    {
      "longest silence on the network": `${ms(beats.maxGapMs)} (one beat per 10 ms, ${beats.beats} beats, ${beats.regressions} out of order)`,
    },
    { "memory sent": mib(summary["memory_bytes"]) },
    { "disk sent": mib(summary["disk_bytes"]) },
    { "disk left at the source": proof.sourceFiles.includes(`${proof.guest}.qcow2`) ? "yes" : "no" },
  );
  console.log(numbers.toString());
  if (!intact) throw new Error(`The guest ${proof.guest} did not come through the move whole; see the table.`);
  console.log(`\nThe guest went on: its counter rose from ${before.counter} to ${after.counter} in one boot.`);
}

/** What to try next, with everything left running. */
export function printHints(ferry: DemoFerry, guest: string, back: string): void {
  console.log(`
Everything is still running. Try:
  export FERRY_HOME=${ferry.home}/home PATH="$PWD/node_modules/.bin:$PATH"
  ferry host list
  ferry preflight ${guest}
  live-migration --block-migrate ${guest} ${back}
  ferry migration list
  OS_CLIENT_CONFIG_FILE=${ferry.home}/state/clouds.yaml openstack --os-cloud ferry server list    # Debian: python3-openstackclient
  npm run lab -- status
  npm run demo            # moves it once more, then ends all`);
}
