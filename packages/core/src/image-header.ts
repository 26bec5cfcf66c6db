import { fail } from "./errors.ts";
import type { ImageFormat } from "./image.ts";

/** So many bytes of the file are enough for `readImageHeader`. */
export const headerBytes = 64 * 1024;

/** The part of a qcow2's header that says what it is. Source: QEMU's docs/interop/qcow2.txt; all numbers are big-endian. */
const qcow2 = {
  magic: 0x514649fb,
  version: 4,
  backingFileOffset: 8,
  clusterBits: 20,
  size: 24,
  cryptMethod: 32,
  incompatibleFeatures: 72,
  headerLength: 100,
  shortest: 104,
} as const;

/** Features without which a reader understands the image wrongly: 0 dirty, 3 compression type; the others are refused. */
const harmlessFeatures = 0b1001n;
const externalDataExtension = 0x44415441;
const endOfExtensions = 0;

/**
 * What the image says of itself, from its first bytes: how large a disk a guest sees. Whoever can write an image can write its header, and QEMU
 * opens what it names: a backing file, a data file (CVE-2024-32498), or anything that is not a plain image of the declared format throws IMAGE_REFUSED.
 */
export function readImageHeader(image: string, format: ImageFormat, head: Uint8Array, fileBytes: number): { virtualBytes: number } {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const isQcow2 = head.byteLength >= 8 && view.getUint32(0) === qcow2.magic;
  const refuse = (reason: string, remedy: string): Error => fail("IMAGE_REFUSED", { image, reason, remedy });
  if (format === "raw") {
    if (isQcow2) throw refuse("it is declared raw and begins like a qcow2 image", "Declare its disk_format qcow2");
    if (fileBytes === 0) throw refuse("it is empty", "Give it a file with content");
    return { virtualBytes: fileBytes };
  }
  if (!isQcow2 || head.byteLength < qcow2.shortest) throw refuse("it is declared qcow2 and has no header of one", "Declare what it is");
  const reason = qcow2Obstacle(view);
  if (reason !== null) throw refuse(reason, "Flatten it: qemu-img convert -O qcow2 IMAGE NEW");
  return { virtualBytes: Number(view.getBigUint64(qcow2.size)) };
}

function qcow2Obstacle(view: DataView): string | null {
  const version = view.getUint32(qcow2.version);
  if (version !== 2 && version !== 3) return `its qcow2 version is ${version}, must be 2 or 3`;
  if (view.getBigUint64(qcow2.backingFileOffset) !== 0n) return "its header names a backing file";
  if (view.getUint32(qcow2.cryptMethod) !== 0) return "it is encrypted";
  const clusterBits = view.getUint32(qcow2.clusterBits);
  if (clusterBits < 9 || clusterBits > 21) return `its cluster size is 2^${clusterBits} bytes, must be from 2^9 to 2^21`;
  const size = view.getBigUint64(qcow2.size);
  if (size === 0n || size > largestDiskBytes) return `its virtual size is ${size} bytes, must be from 1 to ${largestDiskBytes}`;
  if (version === 2) return null;
  if ((view.getBigUint64(qcow2.incompatibleFeatures) & ~harmlessFeatures) !== 0n)
    return "it needs features that are refused (an external data file, or a mark that it is corrupt)";
  return hasExternalData(view) ? "its header names an external data file" : null;
}

const largestDiskBytes = 2n ** 46n;

/** Each extension is its type, the length of its data, and the data, padded to 8 bytes. */
function hasExternalData(view: DataView): boolean {
  let at = view.getUint32(qcow2.headerLength);
  while (at + 8 <= view.byteLength) {
    const type = view.getUint32(at);
    if (type === endOfExtensions) return false;
    if (type === externalDataExtension) return true;
    at += 8 + Math.ceil(view.getUint32(at + 4) / 8) * 8;
  }
  return false;
}
