import type { Attachment, Volume } from "../api/volumes.ts";
import { renderFields, renderTable } from "./table.ts";

const attachedTo = ({ attachments }: Volume): string | null =>
  attachments.map(({ server_id, device }) => `${server_id} ${device}`).join(", ") || null;

export function volumesTable(volumes: readonly Volume[]): string {
  if (volumes.length === 0) return 'No volumes. Make one with "ferry volume create HOST POOL SIZE".';
  const rows = volumes.map((volume) => [
    volume.id,
    volume.name,
    volume.status,
    `${volume.size} GiB`,
    volume.format,
    volume.host,
    volume.pool,
    attachedTo(volume),
  ]);
  return renderTable(["id", "name", "status", "size", "format", "host", "pool", "attached to"], rows);
}

export const volumeFields = (volume: Volume): string =>
  renderFields([
    ["id", volume.id],
    ["name", volume.name],
    ["status", volume.status],
    ["problem", volume.problem],
    ["size", `${volume.size} GiB`],
    ["format", volume.format],
    ["project", volume.project_id],
    ["host", volume.host],
    ["pool", volume.pool],
    ["name in the pool", volume.volume_name],
    ["path", volume.path],
    ["attached to", attachedTo(volume)],
    ["created", volume.created_at],
  ]);

export function attachmentsTable(attachments: readonly Attachment[]): string {
  if (attachments.length === 0) return "No volumes are attached.";
  const rows = attachments.map(({ volumeId, device, tag, delete_on_termination: goes }) => [volumeId, device, tag, goes ? "yes" : "no"]);
  return renderTable(["volume", "device", "tag", "deleted with the server"], rows);
}
