/** `npm run bench -- NAME [OPTIONS]`: measurements. They print numbers and never fail because of one. */
import { Command, InvalidArgumentError, Option } from "commander";
import { type OverheadOptions, overhead } from "./overhead.ts";

const program = new Command("bench").description("Measurements of ferry on real libvirt hosts on this machine.");

program
  .command("overhead")
  .description("the same guest moved by ferry and by virsh in turn: total time, time to ACTIVE, downtime")
  .option("--pairs <number>", "measured pairs, after one that is not counted", count, 7)
  .addOption(new Option("--transport <name>", "how ferry drives the transfer").choices(["auto", "p2p", "direct"]).default("auto"))
  .option("--memory <MiB>", "the guest's memory", count, 128)
  .option("--data <MiB>", "data on the guest's disk besides its system", count, 0)
  .option("--steps", "show where ferry's time goes, step by step")
  .option("--json <file>", "write every single measurement there")
  .action((options: OverheadOptions) => overhead(options));

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError("It must be a whole number.");
}

await program.parseAsync();
