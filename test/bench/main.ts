/** `npm run bench -- NAME [OPTIONS]`: measurements. They print numbers and never fail because of one. */
import { Command, InvalidArgumentError, Option } from "commander";
import { type ApiBenchOptions, benchApi } from "./api.ts";
import { benchCells, type CellOptions } from "./cells.ts";
import { type OverheadOptions, overhead } from "./overhead.ts";
import { type WireOptions, wire } from "./wire.ts";

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

program
  .command("matrix")
  .description("each cell of the matrix in which a running guest moves: ferry's time over virsh's, silence on the network, downtime")
  .option(
    "--disks <column>",
    "one column of test/matrix/kinds.ts; may be given several times",
    (one: string, all: string[]) => [...all, one],
    [],
  )
  .option("--pairs <number>", "measured pairs for each cell", count, 1)
  .action((options: CellOptions) => benchCells(options));

program
  .command("wire")
  .description("bytes on the wire for a thin qcow2, by ferry and by virsh, over what the disk uses")
  .option("--disk <MiB>", "virtual size of the disk", count, 2048)
  .option("--used <MiB>", "data on it besides the guest's system", count, 200)
  .action((options: WireOptions) => wire(options));

program
  .command("api")
  .description("GET /servers/detail and GET /servers/{id} with many servers: requests per second, latency, memory, over a bare route's")
  .option("--servers <number>", "servers in the database", count, 10_000)
  .option("--connections <number>", "connections that ask at once", count, 8)
  .option("--seconds <number>", "how long each is measured", count, 10)
  .option("--json <file>", "write the figures there")
  .action((options: ApiBenchOptions) => benchApi(options));

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError("It must be a whole number.");
}

await program.parseAsync();
