import { type MoveOutcome, usualOutcome } from "@ferry/core";
import { type Command, Option } from "commander";
import type { MoveOrder, TransportChoice } from "../../api/servers.ts";
import { usageError } from "../../cli-error.ts";

/** The options of a move as commander parses them; one place for the commands that start or check one. */
export interface MoveFlags {
  readonly blockMigrate?: true;
  readonly force?: true;
  readonly transport: TransportChoice;
  readonly leave?: "running" | "paused";
  readonly keepSource?: true;
  readonly tunnelled?: true;
  readonly unsafeCache?: true;
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
    )
    .addOption(new Option("--leave <state>", "the server after the move; without it as it was").choices(["running", "paused"]))
    .option("--keep-source", "leave the definition, off, and the copied disks at the source")
    .option("--tunnelled", "send the memory inside the hosts' SSH connection; copies no disks")
    .option("--unsafe-cache", "consent to shared disks that a host caches; the record keeps it");

/** What is asked for. Throws USAGE for --force without HOST, as Nova refuses it too. */
export function moveOrder(host: string | undefined, flags: MoveFlags): MoveOrder {
  const force = flags.force ?? false;
  if (force && host === undefined)
    throw usageError(
      "Cannot force a move without a destination: --force needs HOST.",
      "Name the destination behind the server, or leave --force out.",
    );
  const { blockMigrate = false, transport } = flags;
  return { host: host ?? null, blockMigrate, force, transport, outcome: outcomeOf(flags) };
}

const outcomeOf = ({ leave, keepSource, tunnelled, unsafeCache }: MoveFlags): MoveOutcome => ({
  leave: leave ?? usualOutcome.leave,
  keepSource: keepSource ?? false,
  tunnelled: tunnelled ?? false,
  unsafeCache: unsafeCache ?? false,
});
