/** What a guest reads from a disk: block name -> content. A stand-in for sectors, small enough to compare and print. */
export type Blocks = Readonly<Record<string, string>>;

/** What a disk image file holds. */
export interface DiskImage {
  readonly format: "qcow2" | "raw";
  readonly capacityBytes: number;
  readonly backing: { readonly path: string; readonly format: string } | null;
  readonly blocks: Blocks;
}

const MAGIC = "FAKE-IMAGE";

/**
 * Image files are text: a magic word, the facts as JSON, NUL. So an image that is copied byte by byte stays the same image, and half of one
 * is none. A raw image's length is its capacity.
 */
export function encodeImage(image: DiskImage): { bytes: Buffer; lengthBytes: number } {
  const bytes = Buffer.from(`${MAGIC}${JSON.stringify(image)}\0`);
  return { bytes, lengthBytes: image.format === "raw" ? Math.max(image.capacityBytes, bytes.length) : bytes.length };
}

/** The image in a file's bytes; null when there is none, or only a part of one. */
export function decodeImage(bytes: Buffer): DiskImage | null {
  const end = bytes.indexOf(0);
  if (end < 0 || bytes.subarray(0, MAGIC.length).toString("latin1") !== MAGIC) return null;
  return JSON.parse(bytes.subarray(MAGIC.length, end).toString("utf8")) as DiskImage;
}
