import type { BuildOrder, FlavorSnapshot, ServerNic } from "../build.ts";
import type { HostId, ServerId } from "../ids.ts";
import type { ServerGuard } from "../security-group.ts";
import type { VmState } from "../server-state.ts";

/** A server that is to be made, as the record has it. */
export interface BuildTask {
  readonly serverId: ServerId;
  readonly name: string;
  /** Name of the libvirt domain. */
  readonly instanceName: string;
  readonly projectId: string;
  readonly hostId: HostId;
  readonly hostName: string;
  readonly flavor: FlavorSnapshot;
  readonly nics: readonly ServerNic[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly order: BuildOrder;
  /** `building`, or of a rebuild what it was in before. */
  readonly vmState: VmState;
  /** By its security groups; null: it is in none. */
  readonly guard: ServerGuard | null;
}

/** The record of a server's making, for the holder of its lease: STEP_FENCED when the lease has gone, or the server is to be deleted. */
export interface BuildStore {
  task(): Promise<BuildTask>;
  /** To be asked right before something that a later worker could not see coming. */
  confirm(): Promise<void>;
  /**
   * Holds the server's memory on its host against all other claims there, under a lock on the host. It is held by the server itself as long as it is
   * `building`. `availableMiB` does not count claims. Throws CAPACITY_SHORT.
   */
  claim(room: { availableMiB: number }): Promise<void>;
}

/** Reads images from wherever they are. */
export interface ImageSource {
  /** The whole file, from its first byte. */
  open(imageId: string, signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** Makes ISO 9660 images of a few small files. */
export interface ConfigDrives {
  /** Path in the drive -> content. Throws CONFIG_DRIVE_FAILED. */
  make(serverId: ServerId, files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array>;
}
