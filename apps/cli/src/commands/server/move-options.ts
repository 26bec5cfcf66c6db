import { type Command, Option } from "commander";
import type { MoveOrder, TransportChoice } from "../../api/servers.ts";
import { usageError } from "../../cli-error.ts";

/** The options of a move as commander parses them; one place for the commands that start or check one. */
export interface MoveFlags {
  readonly blockMigrate?: true;
  readonly force?: true;
  readonly transport: TransportChoice;
}

/** Adds what a move can be asked for: SERVER, HOST and the options of both commands. */
export const withMoveOptions = (command: Command): Command =>
  command
    .argument("<server>", "name or id of the server")
    .argument("[host]", "name of the destination; without it ferry chooses one that passes all checks")
    .option("--block-migrate", "copy the local disks; without it ferry finds out whether they must be copied")
    .option("--force", "go on where checks only warn about capacity; needs HOST")
    .addOption(
      new Option("--transport <how>", "how memory and disks travel: the source's libvirt drives (p2p) or ferry drives (direct)")
        .choices(["auto", "p2p", "direct"])
        .default("auto"),
    );

/** What is asked for. Throws USAGE for --force without HOST, as Nova refuses it too. */
export function moveOrder(host: string | undefined, flags: MoveFlags): MoveOrder {
  const force = flags.force ?? false;
  if (force && host === undefined)
    throw usageError(
      "Cannot force a move without a destination: --force needs HOST.",
      "Name the destination behind the server, or leave --force out.",
    );
  return { host: host ?? null, blockMigrate: flags.blockMigrate ?? false, force, transport: flags.transport };
}
