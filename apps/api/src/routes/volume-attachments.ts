import { fail } from "@ferry/core";
import type { AttachmentRow, Store } from "@ferry/store";
import type { RouteDefinition } from "../route.ts";
import { type AttachmentRequest, attachVolume, detachVolume } from "../services/attach-volume.ts";
import { limitOf, text } from "../services/paging.ts";
import { type AttachmentUpdate, refuseSwap, updateAttachment } from "../services/update-attachment.ts";
import { attachmentView, newAttachmentView } from "../views/volume.ts";

/** /servers/{id}/os-volume_attachments. */
export function volumeAttachmentRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listVolumeAttachments",
      access: "server",
      rule: "os_compute_api:os-volumes-attachments:index",
      handle: async ({ server, query, minor }) => {
        const offset = Number(text(query, "offset") ?? 0);
        const page = (await store.volumes.attachmentsOf(server.id)).slice(offset, offset + limitOf(query));
        return { body: { volumeAttachments: page.map((attachment) => attachmentView(attachment, minor)) } };
      },
    },
    {
      operation: "attachVolume",
      access: "server",
      rule: "os_compute_api:os-volumes-attachments:create",
      handle: async (input) => {
        const attachment = await attachVolume(store, input.body as AttachmentRequest, input);
        return { body: { volumeAttachment: newAttachmentView(attachment, input.minor) } };
      },
    },
    {
      operation: "showVolumeAttachment",
      access: "server",
      rule: "os_compute_api:os-volumes-attachments:show",
      handle: async ({ server, params, minor }) => {
        const attachment = await attachedTo(store, server.id, params.volume_id ?? "");
        return { body: { volumeAttachment: attachmentView(attachment, minor) } };
      },
    },
    {
      operation: "updateVolumeAttachment",
      access: "server",
      rule: "os_compute_api:os-volumes-attachments:update",
      handle: async ({ server, params, body, minor }) => {
        const { volumeAttachment: asked } = body as AttachmentUpdate;
        const attachment = await attachedTo(store, server.id, params.volume_id ?? "");
        refuseSwap(asked, attachment, minor);
        await updateAttachment(store, asked, attachment);
        return { status: 202 };
      },
    },
    {
      operation: "detachVolume",
      access: "server",
      rule: "os_compute_api:os-volumes-attachments:delete",
      handle: async (input) => {
        const { volumeId } = await attachedTo(store, input.server.id, input.params.volume_id ?? "");
        await detachVolume(store, volumeId, input);
        return { status: 202 };
      },
    },
  ];
}

async function attachedTo(store: Store, server: string, id: string): Promise<AttachmentRow> {
  const found = (await store.volumes.attachmentsOf(server)).find(({ volumeId }) => volumeId === id);
  if (found === undefined) throw fail("VOLUME_NOT_ATTACHED", { id, server });
  return found;
}
