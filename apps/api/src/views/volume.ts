import type { AttachmentRow, VolumeRow } from "@ferry/store";

type View = Record<string, unknown>;

/** A volume in Cinder's words; where it lies is told to those who may know hosts. */
export const volumeView = (volume: VolumeRow, { places }: { readonly places: boolean }): View => ({
  id: volume.id,
  name: volume.name,
  status: volume.status,
  problem: places ? volume.problem : null,
  size: volume.sizeGiB,
  format: volume.format,
  bootable: "false",
  multiattach: false,
  project_id: volume.projectId,
  host: places ? volume.hostName : null,
  pool: volume.pool,
  volume_name: volume.volumeName,
  path: places ? volume.path : null,
  attachments: volume.attachment === null ? [] : [attachedTo(volume.attachment)],
  created_at: volume.createdAt.toISOString(),
  updated_at: volume.updatedAt.toISOString(),
});

const attachedTo = ({ id, serverId, volumeId, target }: AttachmentRow): View => ({
  attachment_id: id,
  server_id: serverId,
  volume_id: volumeId,
  device: `/dev/${target}`,
});

/** An attachment as Nova shows it at the microversion. */
export const attachmentView = (attachment: AttachmentRow, minor: number): View => ({
  ...(minor < 89 ? { id: attachment.volumeId } : {}),
  ...laterView(attachment, minor),
  ...(minor >= 89 ? { attachment_id: attachment.id, bdm_uuid: attachment.id } : {}),
});

/** The answer to a request to attach, which has kept the old key. */
export const newAttachmentView = (attachment: AttachmentRow, minor: number): View => ({
  id: attachment.volumeId,
  ...laterView(attachment, minor),
});

const laterView = ({ volumeId, serverId, target, tag, deleteOnTermination }: AttachmentRow, minor: number): View => ({
  volumeId,
  serverId,
  device: `/dev/${target}`,
  ...(minor >= 70 ? { tag } : {}),
  ...(minor >= 79 ? { delete_on_termination: deleteOnTermination } : {}),
});
