import { virsh } from "../../lab/index.ts";
import type { MigrationRecord } from "../../stack/api-client.ts";
import type { MovingGuest } from "./moving-guest.ts";
import { type HostName, otherHost, type World } from "./world.ts";

export interface MoveOptions {
  /** The other host when not given; null lets ferry choose. */
  readonly to?: HostName | null;
  readonly transport?: "p2p" | "direct";
}

/** Asks for a move through the API; returns the path under which it can be watched. */
export function startMove(world: World, guest: MovingGuest, { to = otherHost(guest.at), transport }: MoveOptions = {}): Promise<string> {
  return world.stack.api.migrate(guest.id, to, transport === undefined ? {} : { transport });
}

/** Moves and waits for the end, whatever it is. */
export async function move(world: World, guest: MovingGuest, options: MoveOptions = {}, withinMs?: number): Promise<MigrationRecord> {
  return world.stack.api.untilEnded(await startMove(world, guest, options), withinMs);
}

/** What the source's libvirtd says of the transfer, asked beside ferry: bytes copied so far, 0 without a job. */
export async function transferred(world: World, guest: MovingGuest): Promise<{ diskBytes: number; memoryBytes: number }> {
  const text = await virsh(world.host(guest.at), ["domjobinfo", "--rawstats", "--", guest.name]);
  const read = (field: string): number => Number(new RegExp(`^\\s*${field}: (\\d+)$`, "m").exec(text)?.[1] ?? 0);
  return { diskBytes: read("disk_processed"), memoryBytes: read("memory_processed") };
}

/** Resolves once so many bytes of a kind have been copied. */
export async function untilCopied(world: World, guest: MovingGuest, kind: "diskBytes" | "memoryBytes", bytes = 1): Promise<void> {
  await world.stack.api.until(`${guest.name}'s ${kind} copied reach ${bytes}`, async () =>
    (await transferred(world, guest))[kind] >= bytes ? true : null,
  );
}
