import { type BuildOrder, type FlavorSnapshot, rootDiskBytes, type ServerNic } from "./build.ts";
import { isFilePool } from "./pool.ts";
import type { HostFacts, PoolFacts } from "./ports/hypervisor.ts";
import { formatBytes, KIB } from "./units.ts";

/** What a new server needs of its host. */
export interface BuildNeeds {
  readonly flavor: Pick<FlavorSnapshot, "memoryMiB" | "rootGiB">;
  readonly image: Pick<BuildOrder["image"], "sizeBytes" | "virtualBytes">;
  readonly nics: readonly Pick<ServerNic, "network">[];
}

/** Memory of a host that no new server may take, as Nova's `reserved_host_memory_mb`. */
export const reservedHostMemoryMiB = 512;

export type NicPlace = { readonly type: "network" | "bridge"; readonly source: string };

/** Where a network of that name is on the host: a libvirt network that runs, else a bridge; null: nowhere. */
export function nicPlace({ networks, bridges }: Pick<HostFacts, "networks" | "bridges">, network: string): NicPlace | null {
  if (networks.some((one) => one.name === network && one.active)) return { type: "network", source: network };
  return bridges.includes(network) ? { type: "bridge", source: network } : null;
}

type FilePool = PoolFacts & { readonly path: string };

/**
 * The pool for a new server's disks: one of files, of the name `default` where that has room (other hosts most likely have one of that directory
 * too, which a move needs), else the one with most room. Null: none has room for the image and the disk's first bytes.
 */
export function buildPool(pools: readonly PoolFacts[], { image }: Pick<BuildNeeds, "image">): FilePool | null {
  const roomy = pools.filter((pool): pool is FilePool => isUsable(pool) && pool.availableBytes >= image.sizeBytes);
  const largest = roomy.toSorted((a, b) => b.availableBytes - a.availableBytes)[0];
  return roomy.find((pool) => pool.name === "default") ?? largest ?? null;
}

const isUsable = ({ type, active, path }: PoolFacts): boolean => active && path !== null && isFilePool(type);

/** Pure: why the host cannot take the server, as a phrase; null: it can. */
export function buildObstacle(facts: HostFacts, needs: BuildNeeds, claimedMiB: number): string | null {
  const freeMiB = Math.floor(facts.memoryAvailableKiB / KIB) - reservedHostMemoryMiB - claimedMiB;
  if (freeMiB < needs.flavor.memoryMiB) return `it has ${Math.max(0, freeMiB)} MiB of memory free, must have ${needs.flavor.memoryMiB}`;
  if (buildPool(facts.pools, needs) === null) return `no running pool of files has ${formatBytes(needs.image.sizeBytes)} free`;
  if (rootDiskBytes(needs.flavor, needs.image) < needs.image.virtualBytes) return "the flavor's disk is smaller than the image";
  const missing = needs.nics.find((nic) => nicPlace(facts, nic.network) === null);
  return missing ? `it has no running network or bridge ${missing.network}` : null;
}
