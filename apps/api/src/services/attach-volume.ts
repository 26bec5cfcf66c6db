import { serverId } from "@ferry/core";
import type { AttachmentRow, Store } from "@ferry/store";
import type { ActRequest } from "./act-on-server.ts";
import { refuseLocked } from "./refuse-locked.ts";
import { volumeInReach } from "./volume-lookup.ts";

/** The body of POST /servers/{id}/os-volume_attachments. */
export interface AttachmentRequest {
  readonly volumeAttachment: {
    readonly volumeId: string;
    readonly device?: string | null;
    readonly tag?: string;
    readonly delete_on_termination?: boolean;
  };
}

/** Claims the volume for the server; a worker plugs it in. Throws VOLUME_NOT_FOUND, SERVER_LOCKED, and what `acceptVolumeTask` throws. */
export async function attachVolume(store: Store, { volumeAttachment: asked }: AttachmentRequest, act: ActRequest): Promise<AttachmentRow> {
  const volume = await volumeInReach(store, asked.volumeId, act.caller);
  return await store.acceptVolumeTask({
    ...requestOf(act),
    action: "attach-volume",
    volumeId: volume.id,
    target: asked.device?.replace("/dev/", "") || null,
    tag: asked.tag ?? null,
    deleteOnTermination: asked.delete_on_termination ?? false,
  });
}

/** Has a worker pull the volume out of the server. */
export async function detachVolume(store: Store, volumeId: string, act: ActRequest): Promise<void> {
  const nothing = { target: null, tag: null, deleteOnTermination: false };
  await store.acceptVolumeTask({ ...requestOf(act), action: "detach-volume", volumeId, ...nothing });
}

function requestOf({ server, requestId, caller }: ActRequest) {
  refuseLocked(server, caller);
  return { serverId: serverId(server.id), requestId, projectId: caller.projectId ?? server.projectId, userId: caller.userId };
}
