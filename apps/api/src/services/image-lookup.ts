import { fail, isUuid } from "@ferry/core";
import type { Store, StoredImage } from "@ferry/store";
import { type Caller, reaches } from "../caller.ts";

/** The image, if the caller may use it: his project's, or a public one. Throws IMAGE_NOT_FOUND. */
export async function usableImage(store: Store, id: string, caller: Caller): Promise<StoredImage> {
  const image = isUuid(id) ? await store.images.find(id) : null;
  if (image === null || !(image.isPublic || reaches(caller, image.projectId))) throw fail("IMAGE_NOT_FOUND", { id });
  return image;
}

/** The image, if the caller may change it. A public one of another project is seen, but is not there to be changed: IMAGE_NOT_FOUND. */
export async function ownImage(store: Store, id: string, caller: Caller): Promise<StoredImage> {
  const image = await usableImage(store, id, caller);
  if (!reaches(caller, image.projectId)) throw fail("IMAGE_NOT_FOUND", { id });
  return image;
}
