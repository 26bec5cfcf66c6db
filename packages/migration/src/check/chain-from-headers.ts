import { posix } from "node:path";
import { type GuestDisk, type HostPorts, headerBytes, type LayerBelow, type PoolFacts, readLayerBelow } from "@ferry/core";
import { directoryOf, diskPath, filePools } from "../policy/disk-path.ts";

type Layer = GuestDisk["backing"][number];

/** No sane chain is longer; one that names itself ends here. */
const longestChain = 16;

/**
 * The disk of a guest that is off, with the backing chain that its definition leaves out, as `virsh dumpxml` of most guests that are off does: QEMU
 * takes it from the headers at the next start. Whoever can write an image can write its header (CVE-2024-32498), so a layer counts only when it is a
 * volume in a file pool of this host, its header tells its format, libvirt reads the same name, and no guest has it as a disk of its own. Else the
 * disk is given back as it is, and the checks refuse it.
 */
export async function withChainFromHeaders(disk: GuestDisk, host: HostPorts, pools: readonly PoolFacts[]): Promise<GuestDisk> {
  const path = diskPath(disk, pools);
  if (path === null || disk.format !== "qcow2" || disk.backing.length > 0 || disk.chainEnds) return disk;
  const image = await host.storage.volumeAt(path);
  if (!image?.backing) return disk;
  const chain = await readChain(path, host, pools);
  if (chain === null || chain.length === 0) return disk;
  const own = await disksOfGuests(host, pools);
  return chain.some((layer) => own.has(layer.path)) ? disk : { ...disk, backing: chain };
}

/** Nearest first; null when a layer is not to be trusted. */
async function readChain(top: string, host: HostPorts, pools: readonly PoolFacts[]): Promise<Layer[] | null> {
  const chain: Layer[] = [];
  let path = top;
  while (chain.length < longestChain) {
    const image = await host.storage.volumeAt(path);
    const below = readLayerBelow(await headOf(path, host));
    if (!image || !isSaidTwice(path, below, image.backing?.path ?? null)) return null;
    if (below.kind === "none") return chain;
    if (below.kind === "refused" || image.backing === null || !(await isInPool(image.backing.path, host, pools))) return null;
    path = image.backing.path;
    chain.push({ path, format: below.format });
    if (below.format === "raw") return chain;
  }
  return null;
}

/** Whether the header, and libvirt's reading of it, name one file. */
function isSaidTwice(path: string, below: LayerBelow, byLibvirt: string | null): boolean {
  const name = below.kind === "named" ? posix.resolve(directoryOf(path), below.name) : null;
  return name === byLibvirt;
}

async function isInPool(path: string, { storage }: HostPorts, pools: readonly PoolFacts[]): Promise<boolean> {
  return filePools(pools).some((pool) => pool.path === directoryOf(path)) && (await storage.volumeAt(path)) !== null;
}

async function headOf(path: string, { storage }: HostPorts): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of storage.download(path, new AbortController().signal)) {
    parts.push(part);
    bytes += part.length;
    if (bytes >= headerBytes) break;
  }
  return Buffer.concat(parts);
}

/** What guests of the host have as a disk itself, not only as a layer below one. */
async function disksOfGuests({ hypervisor }: HostPorts, pools: readonly PoolFacts[]): Promise<Set<string | null>> {
  const guests = await hypervisor.guests();
  return new Set(guests.flatMap(({ definition }) => definition.disks.map((disk) => diskPath(disk, pools))));
}
