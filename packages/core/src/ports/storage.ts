import type { SecretReference } from "../guest.ts";
import type { PoolSource } from "../pool.ts";
import type { PoolFacts } from "./hypervisor.ts";

/** The storage of one host, seen through libvirt's pools. Nothing outside a pool is ever touched. */

export interface VolumeFacts {
  readonly pool: string;
  readonly name: string;
  readonly path: string;
  readonly format: string | null;
  readonly capacityBytes: number;
  /** Blocks really used. */
  readonly allocationBytes: number;
  /** Length of the file: what `download` yields. */
  readonly fileBytes: number;
  /** When the content last changed, on the clock of whoever keeps the file; to be compared for equality. null where the host does not tell. */
  readonly modifiedAt: string | null;
  readonly backing: { readonly path: string; readonly format: string | null } | null;
}

/** What makes a block device known again from another host. */
export interface DeviceFacts {
  readonly sizeBytes: number;
  /**
   * What the unit says of itself that no other unit in the world says (`naa.…`, `eui.…`), with the partition or mapping on it; null when it says
   * nothing unique: serial numbers are not, virtual disks all have the same.
   */
  readonly worldWideId: string | null;
  /** The running kernel and its number of the device: hosts that share a kernel (containers, namespaces) agree in it for one and the same device. */
  readonly kernelId: string;
}

/** A piece of a file's content: bytes, or a stretch of it that takes no room on the disk and reads as zeros. */
export type ContentPart = Uint8Array | { readonly holeBytes: number };

export interface VolumeRequest {
  readonly pool: string;
  readonly name: string;
  readonly format: "qcow2" | "raw";
  readonly capacityBytes: number;
  /** Takes all its room at once. Default: thin. */
  readonly allocated?: boolean;
  readonly backing: { readonly path: string; readonly format: string } | null;
}

export interface Storage {
  /** All pools, running or not. */
  pools(): Promise<PoolFacts[]>;
  /** Starts the pool; says whether it was this call that started it. */
  startPool(name: string): Promise<{ started: boolean }>;
  /** Stops a pool; nothing happens when it is stopped. */
  stopPool(name: string): Promise<void>;
  /** Kinds of pools that this host's libvirt has a backend for. */
  poolKinds(): Promise<string[]>;
  /** What the pool is made of; null for a kind that ferry does not define. Throws POOL_NOT_FOUND. */
  poolSource(name: string): Promise<PoolSource | null>;
  /**
   * Defines a pool that starts with its host, and makes the directory that it needs; it is not started here. Nothing happens when the same pool is
   * defined already; says whether it was this call that defined it. Throws POOL_EXISTS when another one has the name, POOL_KIND_UNSUPPORTED.
   */
  definePool(name: string, source: PoolSource): Promise<{ defined: boolean }>;
  /** Removes the definition of a stopped pool; what it holds stays. Nothing happens when there is none. */
  undefinePool(name: string): Promise<void>;
  /** Makes libvirt look at the pool's directory again, so that files made by others become volumes. */
  refreshPool(name: string): Promise<void>;
  /** The volume at this absolute path, or null. `refresh` the pool first when others may have written to it. */
  volumeAt(path: string): Promise<VolumeFacts | null>;
  /** The volume of that name in the pool, or null. The pool must be active. */
  volumeIn(pool: string, name: string): Promise<VolumeFacts | null>;
  /** Whether a plain file exists at this absolute host path, inside a pool or not (kernel, initrd, loader). */
  fileExists(path: string): Promise<boolean>;
  /** Type of the file system that holds the path, as this host mounts it (`nfs4`, `ext4`, `fuse.glusterfs`); null when the host does not tell. */
  fileSystemAt(path: string): Promise<string | null>;
  /** The block device at this absolute host path, symbolic links followed; null when there is none. */
  deviceAt(path: string): Promise<DeviceFacts | null>;
  /** Whether this host's libvirt has that secret; its value is never asked for. */
  hasSecret(secret: SecretReference): Promise<boolean>;
  /** Creates a volume. Throws DESTINATION_OCCUPIED when the name is taken. */
  createVolume(request: VolumeRequest): Promise<VolumeFacts>;
  /** Makes the volume that large for the guest (its virtual size); nothing happens when it is as large already, or larger. */
  growVolume(path: string, capacityBytes: number): Promise<void>;
  /** Deletes; nothing happens when it is not there. */
  deleteVolume(path: string): Promise<void>;
  /** Bytes the guest's live disk spans (virtual size) and uses. */
  diskSize(uuid: string, target: string): Promise<{ capacityBytes: number; allocationBytes: number; physicalBytes: number }>;
  /** The volume's file content, as it is (a qcow2 stays a qcow2), from offset 0. */
  download(path: string, signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Replaces the volume's file content. `lengthBytes` must be the exact number of bytes that `content` yields. */
  upload(path: string, content: AsyncIterable<Uint8Array>, lengthBytes: number, signal: AbortSignal): Promise<void>;
  /** The same as `download`, with holes as holes where the host tells them from data. */
  downloadSparse(path: string, signal: AbortSignal): AsyncIterable<ContentPart>;
  /** The same as `upload` into a volume that holds nothing yet; holes stay holes. `lengthBytes` counts them too. */
  uploadSparse(path: string, content: AsyncIterable<ContentPart>, lengthBytes: number, signal: AbortSignal): Promise<void>;
}
