/**
 * `npm run demo`: two real libvirt hosts in namespaces, ferry beside them, and one running guest that moves from the one to the other, disk and
 * memory, while a program inside it counts. With `--keep` everything stays up afterwards. A second run moves the guest back.
 */
import { parseArgs } from "node:util";
import {
  BeatWatch,
  ensureDebianPackages,
  hostNamed,
  type Lab,
  labDown,
  labUp,
  startGuest,
  type WitnessStatus,
  whereIs,
  witness,
} from "../lab/index.ts";
import { type DemoFerry, startDemoFerry } from "./ferry.ts";
import { printHints, printProof } from "./report.ts";

const GUEST = "lm001";

const say = (line: string): void => console.log(`\n== ${line}`);

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { keep: { type: "boolean", default: false } } });
  await ensureDebianPackages((line) => say(line));
  say("Two libvirt hosts, compute1 and compute2, each in a network namespace with its own sshd");
  const lab = await labUp({ hosts: 2, progress: (line) => console.log(`   ${line}`) });
  const source = await guestHost(lab);
  say("ferry: an embedded PostgreSQL, the API server, one worker");
  const ferry = await startDemoFerry(lab, (line) => console.log(`   ${line}`));
  try {
    await move(lab, ferry, source, source === "compute1" ? "compute2" : "compute1");
    if (values.keep) printHints(ferry, GUEST, source);
  } finally {
    if (!values.keep) {
      await ferry.stop();
      await labDown();
    }
  }
}

/** Where the guest runs; it is started on compute1 when it runs nowhere. */
async function guestHost(lab: Lab): Promise<string> {
  const running = (await whereIs(lab, GUEST)).find(({ state }) => state === "running");
  if (running) return running.host.name;
  say(`A guest, ${GUEST}, on compute1: 256 MiB, a local qcow2 disk of 1 GiB with 200 MiB of data`);
  await startGuest(lab, { host: "compute1", name: GUEST, dataMiB: 200 });
  return "compute1";
}

async function move(lab: Lab, ferry: DemoFerry, from: string, to: string): Promise<void> {
  say("Both hosts are added by their SSH address; nothing is installed on them");
  for (const host of lab.hosts) await ferry.addHost(host);
  say("The guests that run there are servers now");
  await ferry.cli(["list"]);

  using inside = await witness(lab, GUEST);
  await inside.pattern(32);
  await inside.resetGap();
  const before = await inside.status();
  const beats = await BeatWatch.start(inside.address);
  say(`live-migration --block-migrate ${GUEST} ${to}`);
  const started = performance.now();
  await ferry.cli(["live-migration", "--block-migrate", GUEST, to]);
  const tookMs = performance.now() - started;
  const report = beats.stop();
  const after: WitnessStatus = await inside.verify();
  const sourceFiles = await hostNamed(lab, from).exec(["ls", "/var/lib/libvirt/images"]);
  printProof({ guest: GUEST, from, to, tookMs, before, after, beats: report, migration: await ferry.lastMigration(GUEST), sourceFiles });
}

await main();
