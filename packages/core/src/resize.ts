import type { FlavorSnapshot } from "./build.ts";

/** A change of a server's size that is under way: what it was, and the flavor that was asked for. */
export interface Resize {
  readonly from: {
    /** null: it was found, and had none. */
    readonly flavor: FlavorSnapshot | null;
    readonly memoryMiB: number;
    readonly vcpus: number;
    readonly rootGiB: number;
  };
  readonly to: FlavorSnapshot;
}
