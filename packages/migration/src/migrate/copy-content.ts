import { createHash, type Hash } from "node:crypto";
import { type ContentPart, fail, type HostPorts, MIB } from "@ferry/core";

/** A file of the source and the place that its copy gets. */
export interface ContentCopy {
  readonly from: string;
  readonly sourcePool: string;
  readonly to: string;
  readonly pool: string;
  readonly name: string;
}

export interface Ends {
  readonly source: HostPorts;
  readonly destination: HostPorts;
  readonly signal: AbortSignal;
  /** Told how many bytes have passed, holes included. */
  readonly onBytes: (doneBytes: number, totalBytes: number) => void;
}

/**
 * Copies a file byte by byte through ferry, leaving holes as holes, and reads the copy back: it must have the same checksum. What was at the
 * destination's path is deleted first. Throws TRANSFER_FAILED when the file is gone, is written to meanwhile, or the copy differs. Returns the checksum and the length.
 */
export async function copyContent(copy: ContentCopy, ends: Ends): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const { source, destination, signal } = ends;
  await source.storage.refreshPool(copy.sourcePool);
  const file = await source.storage.volumeAt(copy.from);
  if (!file) throw fail("TRANSFER_FAILED", { reason: `${copy.from} is not there any more` });
  await destination.storage.deleteVolume(copy.to);
  await destination.storage.createVolume({
    pool: copy.pool,
    name: copy.name,
    format: "raw",
    capacityBytes: file.fileBytes,
    backing: null,
  });
  const sent = createHash("sha256");
  const parts = counted(hashed(source.storage.downloadSparse(copy.from, signal), sent), { from: copy.from, bytes: file.fileBytes }, ends);
  await destination.storage.uploadSparse(copy.to, parts, file.fileBytes, signal);
  await destination.storage.refreshPool(copy.pool);
  const [sha256, arrived] = [sent.digest("hex"), await digest(destination.storage.downloadSparse(copy.to, signal))];
  if (sha256 !== arrived) throw fail("TRANSFER_FAILED", { reason: `the copy of ${copy.from} differs from it (checksum)` });
  return { sha256, bytes: file.fileBytes };
}

async function digest(parts: AsyncIterable<ContentPart>): Promise<string> {
  const hash = createHash("sha256");
  for await (const part of parts) add(hash, part);
  return hash.digest("hex");
}

async function* hashed(parts: AsyncIterable<ContentPart>, hash: Hash): AsyncGenerator<ContentPart, void> {
  for await (const part of parts) {
    add(hash, part);
    yield part;
  }
}

/** Passes on what was announced, no more and no less: a file that is written to meanwhile is not copied. */
async function* counted(
  parts: AsyncIterable<ContentPart>,
  announced: { readonly from: string; readonly bytes: number },
  { onBytes }: Ends,
): AsyncGenerator<ContentPart, void> {
  const changed = () => fail("TRANSFER_FAILED", { reason: `${announced.from} changed while it was being copied` });
  let doneBytes = 0;
  for await (const part of parts) {
    doneBytes += part instanceof Uint8Array ? part.length : part.holeBytes;
    if (doneBytes > announced.bytes) throw changed();
    yield part;
    onBytes(doneBytes, announced.bytes);
  }
  if (doneBytes < announced.bytes) throw changed();
}

const zeros = Buffer.alloc(MIB);

/** A hole counts as the zeros that it reads as, so that two layouts of one content have one checksum. */
function add(hash: Hash, part: ContentPart): void {
  if (part instanceof Uint8Array) {
    hash.update(part);
    return;
  }
  for (let left = part.holeBytes; left > 0; left -= MIB) hash.update(left >= MIB ? zeros : zeros.subarray(0, left));
}
