import type { StoredImage } from "@ferry/store";
import { instant } from "../times.ts";

/** An image as Glance shows it. Links have no host, as there. */
export function glanceImage(image: StoredImage): Record<string, unknown> {
  const { id, sha256 } = image;
  return {
    ...image.properties,
    id,
    name: image.name,
    status: statusOf(image),
    visibility: image.isPublic ? "public" : "private",
    owner: image.projectId,
    disk_format: image.diskFormat,
    container_format: "bare",
    size: image.sizeBytes,
    virtual_size: image.virtualBytes,
    checksum: image.checksum,
    os_hash_algo: sha256 === null ? null : "sha256",
    os_hash_value: sha256,
    min_disk: image.minDiskGiB,
    min_ram: image.minRamMiB,
    protected: image.isProtected,
    os_hidden: image.isHidden,
    tags: image.tags,
    created_at: instant(image.createdAt),
    updated_at: instant(image.updatedAt),
    self: `/v2/images/${id}`,
    file: `/v2/images/${id}/file`,
    schema: "/v2/schemas/image",
  };
}

/** Glance says `saving` while content is uploaded, and `importing` while it is fetched. */
const statusOf = ({ status, source }: StoredImage): string => (status === "importing" && source === null ? "saving" : status);

/** What an image has of its own: no further property may take such a name. */
export const fixedAttributes = [
  "id",
  "status",
  "owner",
  "disk_format",
  "container_format",
  "size",
  "virtual_size",
  "checksum",
  "os_hash_algo",
  "os_hash_value",
  "created_at",
  "updated_at",
  "self",
  "file",
  "schema",
  "locations",
  "direct_url",
] as const;
