import { type FerryError, fail, type HostPorts } from "@ferry/core";
import { copies, type MovePlan } from "../move-plan.ts";

/** When the file of each disk was last written to, by target; one of which the host does not tell is left out. */
export type DiskMarks = Readonly<Record<string, string>>;

/** The marks of the disks at the source that are copied. Shared ones have none: the destination may touch them too. */
export async function readMarks(plan: MovePlan, { storage }: HostPorts): Promise<DiskMarks> {
  const marks: Record<string, string> = {};
  for (const { target, sourcePath } of copies(plan)) {
    const modifiedAt = (await storage.volumeAt(sourcePath))?.modifiedAt ?? null;
    if (modifiedAt !== null) marks[target] = modifiedAt;
  }
  return marks;
}

/** Pure: a disk that was written to between the two; null when none was, as far as both tell. */
export function writtenSince(before: DiskMarks, now: DiskMarks): string | null {
  return Object.keys(before).find((target) => now[target] !== undefined && now[target] !== before[target]) ?? null;
}

/** Somebody started the guest at its source while it was held still for the move, and stopped it again: what was copied is no longer all. */
export const usedMeanwhile = (target: string): FerryError =>
  fail("TRANSFER_FAILED", {
    reason: `the server was started at its source while it was being moved, and stopped again: its disk ${target} was written to`,
  });

/** Throws when a disk of the stopped guest was written to since `before` was read. */
export async function requireUntouched(plan: MovePlan, source: HostPorts, before: DiskMarks): Promise<void> {
  const target = writtenSince(before, await readMarks(plan, source));
  if (target !== null) throw usedMeanwhile(target);
}
