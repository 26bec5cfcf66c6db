import { type GuestDisk, isFilePool, type PoolFacts } from "@ferry/core";

/** Host path of a disk's content; a volume's path is its pool's directory and its name. null for network disks, empty drives and unknown pools. */
export function diskPath(disk: GuestDisk, pools: readonly PoolFacts[]): string | null {
  const { source } = disk;
  if (source.type === "file" || source.type === "block") return source.path;
  if (source.type !== "volume") return null;
  const directory = pools.find((pool) => pool.name === source.pool)?.path ?? null;
  return directory === null ? null : `${directory}/${source.volume}`;
}

/** Directory of an absolute path, without the slash at the end. */
export const directoryOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));

/** Pools whose volumes are files in one directory: the only ones in which ferry makes volumes. */
export const filePools = (pools: readonly PoolFacts[]): (PoolFacts & { path: string })[] =>
  pools.filter((pool): pool is PoolFacts & { path: string } => pool.path !== null && isFilePool(pool.type));

/** Whether the disk's content is a block device of the host, named as such or as a volume of a pool of devices (logical, iscsi, disk, …). */
export function isDevice({ source }: GuestDisk, pools: readonly PoolFacts[]): boolean {
  if (source.type !== "volume") return source.type === "block";
  const pool = pools.find((one) => one.name === source.pool);
  return pool !== undefined && !isFilePool(pool.type);
}
