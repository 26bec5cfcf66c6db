import { formatBytes } from "@ferry/core";
import type { Image } from "../api/images.ts";
import { renderFields, renderTable } from "./table.ts";

const size = (bytes: number | null): string | null => (bytes === null ? null : formatBytes(bytes));

export function imagesTable(images: readonly Image[]): string {
  if (images.length === 0) return 'No images. Make one with "ferry image-create --disk-format qcow2 --file FILE NAME".';
  const rows = images.map((image) => [
    image.id,
    image.name,
    image.status,
    image.disk_format,
    size(image.size),
    size(image.virtual_size),
    image.visibility,
    image.problem,
  ]);
  return renderTable(["id", "name", "status", "format", "size", "virtual size", "visibility", "problem"], rows);
}

export const imageFields = (image: Image): string =>
  renderFields([
    ["id", image.id],
    ["name", image.name],
    ["status", image.status],
    ["problem", image.problem],
    ["format", image.disk_format],
    ["size", size(image.size)],
    ["virtual size", size(image.virtual_size)],
    ["SHA-256", image.sha256],
    ["visibility", image.visibility],
    ["least disk", `${image.min_disk} GiB`],
    ["least memory", `${image.min_ram} MiB`],
    ["file", image.source?.path],
  ]);
