import type { HostId, MigrationId } from "../ids.ts";

export type Transport = "p2p" | "direct";

/** All that libvirt needs to move one running guest. Flags and parameters that need no decision are the driver's business. */
export interface TransferRequest {
  readonly migrationId: MigrationId;
  readonly guest: { readonly uuid: string; readonly name: string };
  readonly transport: Transport;
  /** Live and persistent definition for the destination, built by ferry. */
  readonly liveXml: string;
  readonly persistentXml: string;
  /** Address of the destination as the source reaches it: memory, disks and (p2p) control. */
  readonly destinationAddress: string;
  /** Address on which the destination's QEMU listens. */
  readonly listenAddress: string;
  /** Targets to copy, `["vda"]`; empty for shared storage. */
  readonly copyDisks: readonly string[];
  /** `incremental` copies only the top layer (the destination has the backing file). */
  readonly copyMode: "full" | "incremental";
  /** p2p only: how the source's libvirtd logs in at the destination. */
  readonly peer: { readonly user: string; readonly port: number; readonly privateKeyPath: string } | null;
  /** MiB/s, 0 for no limit. */
  readonly bandwidthMiBps: number;
  /** It arrives paused, because it is or because that was asked for. */
  readonly paused: boolean;
  /** p2p only, and only without disks to copy: the memory goes inside the connection of the two libvirts. */
  readonly tunnelled: boolean;
  /** libvirt is told to take shared disks whatever their cache mode. */
  readonly unsafe: boolean;
}

/**
 * How a transfer ended, as far as the driver could prove it. `handed-over`: the destination runs (or holds paused, when asked) the guest.
 * `stayed`: the source has the guest and no copy is active at the destination. `unknown`: an answer was lost; ask both hosts again.
 */
export type TransferOutcome =
  | { readonly kind: "handed-over" }
  | { readonly kind: "stayed"; readonly reason: string; readonly aborted: boolean }
  | { readonly kind: "unknown"; readonly reason: string };

export interface GuestTransfer {
  /**
   * Runs the transfer up to the handover. Resolves as soon as the destination is seen to run the guest, which is before the source's libvirtd has finished;
   * what remains at the source goes on in the background until `settle`. Abort through `signal`: the outcome says whether it came in time.
   * Throws only when nothing was started: a host could not be reached to begin with.
   */
  run(request: TransferRequest, source: HostId, destination: HostId, signal: AbortSignal): Promise<TransferOutcome>;
  /** Waits until the source's libvirtd has let go of the guest, if this process started the transfer; returns at once otherwise. Never throws for a lost connection. */
  settle(migrationId: MigrationId): Promise<void>;
  /** Asks the source's libvirtd to give up an outgoing migration job; `yank`s the streams when the destination is unreachable. Nothing happens with a hypervisor that cannot (`MoveAbilities.aborts`). */
  abort(source: HostId, uuid: string, options: { destinationReachable: boolean }): Promise<void>;
  /**
   * Watches over a p2p transfer that another process began, until `over`: gives it up when the destination has fallen silent for the source and
   * nothing is copied any more, as `run` does for its own. Never concludes how it ended. Throws when a host cannot be reached to begin with.
   */
  endWhenOutOfReach(
    move: { readonly source: HostId; readonly destination: HostId; readonly uuid: string },
    over: AbortSignal,
  ): Promise<void>;
}
