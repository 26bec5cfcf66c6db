import type { VolumeAction, VolumeStatus } from "@ferry/core";
import type { Transaction } from "./database.ts";

/** How a guest is proven to have a volume after a failure: everywhere, nowhere; or nothing is proven. */
export type VolumeLeft = "present" | "absent" | "unknown";

/** What a task has come to with its volume: as asked, or failed. */
export type VolumeOutcome = "done" | VolumeLeft;

/** The status while the task lasts, and the one with which a volume that stays claimed goes on; null: the claim is given up. */
const ends: Readonly<
  Record<VolumeAction, { readonly during: VolumeStatus; readonly after: Readonly<Record<VolumeOutcome, VolumeStatus | null>> }>
> = {
  "attach-volume": { during: "attaching", after: { done: "in-use", present: "in-use", absent: null, unknown: "error" } },
  "detach-volume": { during: "detaching", after: { done: null, present: "in-use", absent: null, unknown: "in-use" } },
};

/** The end of a task for the volume that it is about. The claim is given up only when the guest is known not to have the volume. */
export async function settleVolume(
  tx: Transaction,
  { serverId, action }: { readonly serverId: string; readonly action: string },
  outcome: VolumeOutcome,
): Promise<void> {
  if (action !== "attach-volume" && action !== "detach-volume") return;
  const entry = ends[action];
  const status = entry.after[outcome];
  const where = { attachment: { serverId }, status: entry.during };
  const volume = await tx.volume.findFirst({ where, select: { id: true } });
  if (volume === null) return;
  if (status === null) await tx.volumeAttachment.delete({ where: { volumeId: volume.id } });
  await tx.volume.update({ where: { id: volume.id }, data: { status: status ?? "available", problem: null } });
}
