import { fail, type ImageFile } from "@ferry/core";
import type { Store, StoredFlavor, StoredImage, StoredKeyPair } from "@ferry/store";
import type { Caller } from "../../caller.ts";
import { usableImage } from "../image-lookup.ts";

const invalid = (sentence: string): Error => fail("VALIDATION_FAILED", { sentence });

/** The image, which must have its content. Throws VALIDATION_FAILED. */
export async function imageFor(store: Store, id: string, caller: Caller): Promise<StoredImage> {
  const image = await usableImage(store, id, caller).catch((error: unknown) => {
    throw fail("VALIDATION_FAILED", { sentence: "Can not find requested image" }, error);
  });
  if (image.status !== "active") throw invalid(`Image ${id} is not active.`);
  return image;
}

/** The caller's own key pair of that name; null when none is asked for. Throws VALIDATION_FAILED. */
export async function keyPairFor(store: Store, name: string | null | undefined, caller: Caller): Promise<StoredKeyPair | null> {
  if (name === undefined || name === null) return null;
  const pair = await store.keyPairs.find(caller.userId, name);
  if (pair === null) throw invalid("Invalid key_name provided.");
  return pair;
}

/** Throws VALIDATION_FAILED unless a server of that size can be made of the image. */
export function refuseTooSmall(
  { memoryMiB, rootGiB }: Pick<StoredFlavor, "memoryMiB" | "rootGiB">,
  { minRamMiB, minDiskGiB, virtualBytes }: StoredImage,
): void {
  if (memoryMiB < minRamMiB) throw invalid("Flavor's memory is too small for requested image.");
  if (rootGiB === 0) return;
  const needed = Math.max(minDiskGiB * 1024 ** 3, virtualBytes ?? 0);
  const has = rootGiB * 1024 ** 3;
  if (has < needed) throw invalid(`Flavor's disk is too small for requested image. Flavor disk is ${has} bytes, image is ${needed} bytes.`);
}

/** What a worker needs of the image. */
export function imageFileOf({ id, name, diskFormat: format, sha256, sizeBytes, virtualBytes }: StoredImage): ImageFile {
  if (sha256 === null || sizeBytes === null || virtualBytes === null) throw new Error(`Image ${id} is active without a whole content.`);
  return { id, name, format, sha256, sizeBytes, virtualBytes };
}
