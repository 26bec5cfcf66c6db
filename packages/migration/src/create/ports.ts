import type { BuildStore, ConfigDrives, ImageSource } from "@ferry/core";
import type { LedgerPorts } from "../made-things.ts";

/** How a guest is executed: `auto` is kvm where the host offers it, as Nova's `virt_type`. */
export type VirtType = "auto" | "kvm" | "qemu";

/** Everything that a step of a server's making may touch. In the ledger the server's id stands where a migration's does. */
export interface CreatePorts extends LedgerPorts {
  readonly build: BuildStore;
  readonly images: ImageSource;
  readonly configDrives: ConfigDrives;
  readonly virtType: VirtType;
}
