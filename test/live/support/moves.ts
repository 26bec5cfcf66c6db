import { virsh } from "../../lab/index.ts";
import type { MigrationRecord } from "../../stack/api-client.ts";
import type { MovingGuest } from "./moving-guest.ts";
import { type HostName, otherHost, type World } from "./world.ts";

const FINAL = ["completed", "failed", "cancelled", "error"];

export interface MoveOptions {
  /** The other host when not given; null lets ferry choose. */
  readonly to?: HostName | null;
  readonly transport?: "p2p" | "direct";
  /** "auto" when not given. */
  readonly blockMigration?: boolean | "auto";
  readonly headers?: Readonly<Record<string, string>>;
}

/** Asks for a move through the API; returns the path under which it can be watched. */
export function startMove(world: World, guest: MovingGuest, { to = otherHost(guest.at), ...options }: MoveOptions = {}): Promise<string> {
  return world.stack.api.migrate(guest.id, to, options);
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

/** Resolves once the move under `path` has copied so many bytes of a kind. @throws Error when it ends before. */
export async function untilCopied(
  world: World,
  guest: MovingGuest,
  path: string,
  kind: "diskBytes" | "memoryBytes",
  bytes = 1,
): Promise<void> {
  const { api } = world.stack;
  await api.until(`${guest.name}'s ${kind} copied reach ${bytes}`, async () => {
    if ((await transferred(world, guest))[kind] >= bytes) return true;
    const { status, problem } = await api.migration(path);
    if (FINAL.includes(status)) throw new Error(`The move was ${status} before its ${kind} reached ${bytes}: ${problem?.sentence}`);
    return null;
  });
}
