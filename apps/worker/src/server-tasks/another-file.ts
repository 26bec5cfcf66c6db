import { type HostPorts, isFerryError, type VolumeFacts } from "@ferry/core";

/** File systems that live on a disk of one host. On any other, one path may be one file for several hosts. */
const localFileSystems: ReadonlySet<string | null> = new Set(["btrfs", "ext2", "ext3", "ext4", "f2fs", "overlay", "tmpfs", "xfs", "zfs"]);

/** What two hosts say of a path: this host, the other one, and this host again. */
export interface Looks {
  readonly fileSystems: readonly [here: string | null, there: string | null];
  readonly before: Pick<VolumeFacts, "fileBytes" | "modifiedAt"> | null;
  readonly there: Pick<VolumeFacts, "fileBytes" | "modifiedAt"> | null;
  readonly after: Pick<VolumeFacts, "fileBytes" | "modifiedAt"> | null;
}

/**
 * Pure: whether the other host's file of that path is certainly not this host's: both keep it on disks of their own, and the two differ although
 * this host's did not change between two looks. Everything else (a silent host, a missing file, a network file system, two equal copies) proves nothing.
 */
export function areTwoFiles({ fileSystems, before, there, after }: Looks): boolean {
  if (!fileSystems.every((type) => localFileSystems.has(type))) return false;
  if (!before?.modifiedAt || !there?.modifiedAt || !after) return false;
  return isSame(before, after) && !isSame(before, there);
}

const isSame = (one: NonNullable<Looks["before"]>, other: NonNullable<Looks["before"]>): boolean =>
  one.modifiedAt === other.modifiedAt && one.fileBytes === other.fileBytes;

/** The same, asked now. A host that does not answer proves nothing. */
export async function isAnotherFile(path: string, here: HostPorts, other: () => Promise<HostPorts>): Promise<boolean> {
  try {
    const there = await other();
    const fileSystems = await Promise.all([here.storage.fileSystemAt(path), there.storage.fileSystemAt(path)]);
    const before = await here.storage.volumeAt(path);
    const seenThere = await there.storage.volumeAt(path);
    return areTwoFiles({ fileSystems, before, there: seenThere, after: await here.storage.volumeAt(path) });
  } catch (error) {
    if (isFerryError(error)) return false;
    throw error;
  }
}
