import { Command, Option } from "commander";
import { DISK_KINDS, type DiskKind } from "./disk-kinds.ts";
import { removeGuest, startGuest, whereIs, witness } from "./guest.ts";
import type { GuestNetwork } from "./guest-xml.ts";
import { openLab } from "./lab.ts";
import { readState } from "./state.ts";

interface StartOptions {
  readonly memory: number;
  readonly vcpus: number;
  readonly disk?: readonly DiskKind[];
  readonly overlay?: boolean;
  readonly index?: number;
  readonly size?: number;
  readonly data?: number;
  readonly extraDisk?: readonly number[];
  readonly network: GuestNetwork;
  readonly filter: boolean;
}

/** `lab guest …`: start, stop and question guests. */
export function guestCommand(): Command {
  const guest = new Command("guest").description("guests that count, write records, keep a pattern and answer");
  addStart(guest);
  guest
    .command("stop")
    .description("remove a guest with its disks from whatever host it is on")
    .argument("<name>")
    .action(async (name: string) => removeGuest(await openLab(), name));
  guest.command("status").description("where each guest is, and what it says").argument("[name]").action(showStatus);
  guest
    .command("verify")
    .description("read all its records back from disk and compare its memory pattern; code 3 when something is lost")
    .argument("<name>")
    .action(verify);
  guest
    .command("dirty")
    .description("dirty memory; rate 0 stops")
    .argument("<name>")
    .argument("<MiB-per-second>", "", Number)
    .argument("<working-set-MiB>", "", Number)
    .action(dirty);
  return guest;
}

function addStart(guest: Command): void {
  guest
    .command("start")
    .description("create a guest on a host and wait until it answers")
    .argument("<host>")
    .argument("<name>")
    .option("--memory <MiB>", "", Number, 256)
    .option("--vcpus <number>", "", Number, 1)
    .addOption(new Option("--disk <kind...>", "its disks, the one to boot from first").choices(DISK_KINDS))
    .option("--overlay", "short for --disk overlay")
    .option("--index <number>", "gives its address", Number)
    .option("--size <MiB>", "virtual size of its first disk", Number)
    .option("--data <MiB>", "data on its disk besides what it needs", Number)
    .option("--extra-disk <MiB...>", "a further, empty disk", (value: string, sizes: number[] = []) => [...sizes, Number(value)])
    .addOption(new Option("--network <kind>", "its network").choices(["bridge", "network", "ovs"]).default("bridge"))
    .option("--no-filter", "without nwfilter")
    .action(start);
}

async function start(host: string, name: string, options: StartOptions): Promise<void> {
  const guest = await startGuest(await openLab(), {
    host,
    name,
    memoryMiB: options.memory,
    vcpus: options.vcpus,
    overlay: options.overlay === true,
    filter: options.filter,
    network: options.network,
    ...(options.disk === undefined ? {} : { disks: options.disk }),
    ...(options.index === undefined ? {} : { index: options.index }),
    ...(options.size === undefined ? {} : { diskMiB: options.size }),
    ...(options.data === undefined ? {} : { dataMiB: options.data }),
    ...(options.extraDisk === undefined ? {} : { extraDisksMiB: options.extraDisk }),
  });
  print({ ...guest, host });
}

async function showStatus(name?: string): Promise<void> {
  const lab = await openLab();
  const { guests } = await readState(lab.config);
  for (const guest of guests.filter((candidate) => name === undefined || candidate.name === name)) {
    const places = (await whereIs(lab, guest.name)).map(({ host, state }) => `${host.name}: ${state}`);
    using inside = await witness(lab, guest.name);
    const says = await inside.status(1_000).catch((error: Error) => error.message);
    print({ ...guest, places, says });
  }
}

async function verify(name: string): Promise<void> {
  using inside = await witness(await openLab(), name);
  const status = await inside.verify();
  print(status);
  if (status.records.bad > 0 || !status.pattern.ok) process.exitCode = 3;
}

async function dirty(name: string, rate: number, workingSet: number): Promise<void> {
  using inside = await witness(await openLab(), name);
  print((await inside.dirty(rate, workingSet)).dirty);
}

function print(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
