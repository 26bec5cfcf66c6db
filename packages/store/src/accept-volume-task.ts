import { randomUUID } from "node:crypto";
import { fail, freeTarget, type GuestDefinition, type VolumeAction, type VolumeStatus } from "@ferry/core";
import { acceptWith, type LockedServer, type ServerTaskRequest } from "./accept-server-task.ts";
import type { Database, Transaction } from "./database.ts";
import type { AttachmentRow } from "./volumes.ts";

/** A request to plug a volume into a server, or to pull it out. */
export interface VolumeTaskRequest extends ServerTaskRequest {
  readonly action: VolumeAction;
  readonly volumeId: string;
  /** Name wanted for the disk in the guest, `vdb`; null: the first that is free. For attaching only, as what follows. */
  readonly target: string | null;
  readonly tag: string | null;
  readonly deleteOnTermination: boolean;
}

/**
 * Accepts the request together with the claim on the volume, which one server at a time can have. Throws what `acceptServerTask` throws, and
 * VOLUME_NOT_FOUND, VOLUME_WRONG_STATE, VOLUME_NOT_ATTACHED, VOLUME_ELSEWHERE, DEVICE_TAKEN.
 */
export async function acceptVolumeTask(db: Database, request: VolumeTaskRequest): Promise<AttachmentRow> {
  const accepted: AttachmentRow[] = [];
  await acceptWith(db, request, async (tx, server) => {
    const work = request.action === "attach-volume" ? claimVolume : giveUpVolume;
    accepted.push(await work(tx, server, request));
  });
  const [attachment] = accepted;
  if (attachment === undefined) throw fail("VOLUME_NOT_FOUND", { id: request.volumeId });
  return attachment;
}

async function claimVolume(tx: Transaction, server: LockedServer, request: VolumeTaskRequest): Promise<AttachmentRow> {
  const { volumeId, tag, deleteOnTermination } = request;
  const volume = await lockVolume(tx, volumeId);
  if (volume.status !== "available") throw fail("VOLUME_WRONG_STATE", { id: volumeId, status: volume.status, wanted: "'available'" });
  if (volume.hostId !== server.hostId && volume.sharedIdentity === null) {
    throw fail("VOLUME_ELSEWHERE", { id: volumeId, server: server.id });
  }
  const target = await chooseTarget(tx, server.id, request.target);
  await tx.volume.update({ where: { id: volumeId }, data: { status: "attaching", problem: null } });
  return await tx.volumeAttachment.create({
    data: { id: randomUUID(), volumeId, serverId: server.id, target, tag, deleteOnTermination },
  });
}

const detachable: readonly VolumeStatus[] = ["in-use", "error"];

async function giveUpVolume(tx: Transaction, server: LockedServer, { volumeId }: VolumeTaskRequest): Promise<AttachmentRow> {
  const volume = await lockVolume(tx, volumeId);
  const attachment = await tx.volumeAttachment.findUnique({ where: { volumeId } });
  if (attachment === null || attachment.serverId !== server.id) throw fail("VOLUME_NOT_ATTACHED", { id: volumeId, server: server.id });
  if (!detachable.includes(volume.status)) {
    throw fail("VOLUME_WRONG_STATE", { id: volumeId, status: volume.status, wanted: "'in-use'" });
  }
  await tx.volume.update({ where: { id: volumeId }, data: { status: "detaching" } });
  return attachment;
}

interface LockedVolume {
  readonly status: VolumeStatus;
  readonly hostId: string;
  readonly sharedIdentity: string | null;
}

async function lockVolume(tx: Transaction, id: string): Promise<LockedVolume> {
  const rows = await tx.$queryRaw<LockedVolume[]>`
    SELECT v.status, v.host_id AS "hostId", v.shared_identity AS "sharedIdentity"
    FROM volumes v WHERE v.id = ${id}::uuid FOR UPDATE`;
  const [row] = rows;
  if (row === undefined) throw fail("VOLUME_NOT_FOUND", { id });
  return row;
}

async function chooseTarget(tx: Transaction, serverId: string, wanted: string | null): Promise<string> {
  const { definition } = await tx.server.findUniqueOrThrow({ where: { id: serverId }, select: { definition: true } });
  const { disks, virtType } = definition as unknown as Pick<GuestDefinition, "disks" | "virtType">;
  const claimed = await tx.volumeAttachment.findMany({ where: { serverId }, select: { target: true } });
  const taken = [...disks, ...claimed].map(({ target }) => target);
  const target = wanted ?? freeTarget(taken, virtType);
  if (target === null || taken.includes(target)) throw fail("DEVICE_TAKEN", { id: serverId, device: `/dev/${target ?? "vd"}` });
  return target;
}
