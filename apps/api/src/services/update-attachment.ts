import { fail } from "@ferry/core";
import type { AttachmentRow, Store } from "@ferry/store";

/** The body of PUT /servers/{id}/os-volume_attachments/{volume_id}. */
export interface AttachmentUpdate {
  readonly volumeAttachment: {
    readonly volumeId: string;
    readonly id?: string;
    readonly serverId?: string;
    readonly device?: string | null;
    readonly tag?: string;
    readonly delete_on_termination?: boolean;
  };
}

type Asked = AttachmentUpdate["volumeAttachment"];

/** Until 2.85 the request asks for a swap always, later when it names another volume. In Nova a swap is Cinder's alone: POLICY_FORBIDS for everybody. */
export function refuseSwap({ volumeId }: Asked, now: AttachmentRow, minor: number): void {
  if (minor < 85 || volumeId !== now.volumeId) throw fail("POLICY_FORBIDS", { rule: "os_compute_api:os-volumes-attachments:swap" });
}

/** Changes the one thing that may change, as Nova. Throws ATTACHMENT_FIXED for a value of another one that is not its value now. */
export async function updateAttachment(store: Store, asked: Asked, now: AttachmentRow): Promise<void> {
  const { volumeId, serverId, target, tag } = now;
  const fixed = { id: volumeId, serverId, device: `/dev/${target}`, tag } as const;
  for (const property of ["id", "serverId", "device", "tag"] as const) {
    if (asked[property] !== undefined && asked[property] !== fixed[property]) throw fail("ATTACHMENT_FIXED", { property });
  }
  if (asked.delete_on_termination !== undefined) await store.volumes.terminate(volumeId, serverId, asked.delete_on_termination);
}
