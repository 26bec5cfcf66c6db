import { createHash } from "node:crypto";
import { fail, GIB, headerBytes, isFerryError, MIB, readImageHeader } from "@ferry/core";
import type { Store, StoredImage } from "@ferry/store";
import { inPieces } from "./in-pieces.ts";

/** Larger images are better registered where they are, on a host. */
export const largestImageBytes = 64 * GIB;
const pieceBytes = MIB;

/**
 * Reads the image's content from the connection into the record, and checks it: its header as soon as it is there, its length at the end. What is
 * refused is not kept. Throws IMAGE_REFUSED, IMAGE_WRONG_STATE, BODY_TOO_LARGE.
 */
export async function uploadImage(store: Store, image: StoredImage, content: AsyncIterable<Uint8Array>): Promise<void> {
  await store.images.beginUpload(image.id);
  try {
    await store.images.activate(image.id, await keep(store, image, content));
  } catch (error) {
    const status = isFerryError(error) ? "killed" : "queued";
    await store.images.refuse(image.id, status, isFerryError(error) ? error.message : "The upload broke off. Upload the file again.");
    throw error;
  }
}

async function keep({ images }: Store, { id, name, diskFormat }: StoredImage, content: AsyncIterable<Uint8Array>) {
  const [sha256, md5] = [createHash("sha256"), createHash("md5")];
  let [sizeBytes, number] = [0, 0];
  let head: Uint8Array = new Uint8Array();
  for await (const piece of inPieces(content, pieceBytes)) {
    if (number === 0) {
      head = piece.subarray(0, headerBytes);
      readImageHeader(name, diskFormat, head, piece.length);
    }
    sha256.update(piece);
    md5.update(piece);
    sizeBytes += piece.length;
    if (sizeBytes > largestImageBytes) throw fail("BODY_TOO_LARGE", { limitBytes: largestImageBytes });
    await images.saveChunk(id, number++, piece);
  }
  const { virtualBytes } = readImageHeader(name, diskFormat, head, sizeBytes);
  return { sha256: sha256.digest("hex"), checksum: md5.digest("hex"), sizeBytes, virtualBytes };
}
