/** One entry of an archive. `path` has no leading slash; directories need no entry of their own contents first in order. */
export type ArchiveEntry =
  | { readonly kind: "directory"; readonly path: string }
  | { readonly kind: "file"; readonly path: string; readonly content: Uint8Array }
  | { readonly kind: "character-device"; readonly path: string; readonly major: number; readonly minor: number };

const MODES = { directory: 0o040755, file: 0o100755, "character-device": 0o020600 } as const;

/**
 * Packs entries as a cpio archive in the "newc" format, which the Linux kernel unpacks as its initial file system
 * (Documentation/driver-api/early-userspace/buffer-format.rst in the kernel's source).
 */
export function packCpio(entries: readonly ArchiveEntry[]): Buffer {
  const packed = entries.map((entry, index) => packEntry(entry, index + 1));
  return Buffer.concat([...packed, packEntry({ kind: "file", path: "TRAILER!!!", content: new Uint8Array() }, 0)]);
}

function packEntry(entry: ArchiveEntry, inode: number): Buffer {
  const content = entry.kind === "file" ? entry.content : new Uint8Array();
  const [major, minor] = entry.kind === "character-device" ? [entry.major, entry.minor] : [0, 0];
  const name = Buffer.from(`${entry.path}\0`);
  // inode, mode, uid, gid, links, mtime, size, device of the file (2), device named by it (2), name length, checksum
  const fields = [inode, MODES[entry.kind], 0, 0, 1, 0, content.length, 0, 0, major, minor, name.length, 0];
  const header = Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, "0")).join("")}`);
  return Buffer.concat([padded(Buffer.concat([header, name])), padded(content)]);
}

function padded(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
