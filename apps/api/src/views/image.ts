import type { StoredImage } from "@ferry/store";

/** An image as ferry's own API shows it. */
export const imageView = (image: StoredImage) => ({
  id: image.id,
  name: image.name,
  status: image.status,
  problem: image.problem,
  visibility: image.isPublic ? "public" : "private",
  owner: image.projectId,
  disk_format: image.diskFormat,
  size: image.sizeBytes,
  virtual_size: image.virtualBytes,
  sha256: image.sha256,
  min_disk: image.minDiskGiB,
  min_ram: image.minRamMiB,
  source: image.source && { host_id: image.source.hostId, path: image.source.path },
  created_at: image.createdAt.toISOString(),
  updated_at: image.updatedAt.toISOString(),
});
