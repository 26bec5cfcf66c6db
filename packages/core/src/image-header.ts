import { fail } from "./errors.ts";
import type { ImageFormat } from "./image.ts";

/** So many bytes of the file are enough for `readImageHeader`. */
export const headerBytes = 64 * 1024;

/** The part of a qcow2's header that says what it is. Source: QEMU's docs/interop/qcow2.txt; all numbers are big-endian. */
const qcow2 = {
  magic: 0x514649fb,
  version: 4,
  backingFileOffset: 8,
  backingFileSize: 16,
  clusterBits: 20,
  size: 24,
  cryptMethod: 32,
  incompatibleFeatures: 72,
  headerLength: 100,
  shortest: 104,
  headerLengthOfVersion2: 72,
} as const;

/** Features without which a reader understands the image wrongly: 0 dirty, 3 compression type; the others are refused. */
const harmlessFeatures = 0b1001n;
const externalDataExtension = 0x44415441;
const backingFormatExtension = 0xe2792aca;
const longestBackingName = 1023;
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
  const reason = namesBackingFile(view) ? "its header names a backing file" : qcow2Obstacle(view);
  if (reason !== null) throw refuse(reason, "Flatten it: qemu-img convert -O qcow2 IMAGE NEW");
  return { virtualBytes: Number(view.getBigUint64(qcow2.size)) };
}

function qcow2Obstacle(view: DataView): string | null {
  const version = view.getUint32(qcow2.version);
  if (version !== 2 && version !== 3) return `its qcow2 version is ${version}, must be 2 or 3`;
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

const namesBackingFile = (view: DataView): boolean => view.getBigUint64(qcow2.backingFileOffset) !== 0n;

const hasExternalData = (view: DataView): boolean => extensions(view).some(({ type }) => type === externalDataExtension);

/** Each extension is its type, the length of its data, and the data, padded to 8 bytes. */
function extensions(view: DataView): { readonly type: number; readonly at: number; readonly length: number }[] {
  const found: { type: number; at: number; length: number }[] = [];
  let at = view.getUint32(qcow2.version) === 2 ? qcow2.headerLengthOfVersion2 : view.getUint32(qcow2.headerLength);
  while (at + 8 <= view.byteLength) {
    const [type, length] = [view.getUint32(at), view.getUint32(at + 4)];
    if (type === endOfExtensions) break;
    found.push({ type, at: at + 8, length });
    at += 8 + Math.ceil(length / 8) * 8;
  }
  return found;
}

/** What a qcow2 image says of the layer below it. `name` is as it stands there: relative to the image's directory, or absolute. */
export type LayerBelow =
  | { readonly kind: "none" }
  | { readonly kind: "named"; readonly name: string; readonly format: ImageFormat }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Reads from the image's first bytes what lies below it, for an image in which a layer is expected. Refused is all that `readImageHeader` refuses
 * for other reasons, a name that is no plain path, and a layer whose format the header does not tell: it would have to be probed. Whether the named
 * file may be used, the caller decides.
 */
export function readLayerBelow(head: Uint8Array): LayerBelow {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.byteLength < qcow2.shortest || view.getUint32(0) !== qcow2.magic) return refused("it has no qcow2 header");
  const reason = qcow2Obstacle(view);
  if (reason !== null) return refused(reason);
  if (!namesBackingFile(view)) return { kind: "none" };
  const name = textAt(view, Number(view.getBigUint64(qcow2.backingFileOffset)), view.getUint32(qcow2.backingFileSize));
  if (name === null || !isPlainPath(name)) return refused("what its header names as backing file is no plain path");
  const extension = extensions(view).find(({ type }) => type === backingFormatExtension);
  const format = extension ? textAt(view, extension.at, extension.length) : null;
  if (format !== "qcow2" && format !== "raw") return refused(`its header tells the format ${format ?? "nothing"} of its backing file`);
  return { kind: "named", name, format };
}

const refused = (reason: string): LayerBelow => ({ kind: "refused", reason });

/** Null when it does not lie wholly within the bytes at hand. */
function textAt(view: DataView, at: number, length: number): string | null {
  if (length === 0 || length > longestBackingName || at + length > view.byteLength) return null;
  return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at, length));
}

/** QEMU takes what stands before a colon for a protocol (`nbd:…`, `json:…`), unless a slash comes first. */
const isPlainPath = (name: string): boolean => !/^[^/]*:/.test(name) && ![...name].some((letter) => letter < " " || letter === "\ufffd");
