import type { CheckResult } from "./check-result.ts";
import type { GuestStatistics } from "./guest-statistics.ts";
import type { HostId, ServerId } from "./ids.ts";
import type { MoveMode } from "./move-mode.ts";
import type { MoveOutcome } from "./move-outcome.ts";
import type { PoolSource } from "./pool.ts";
import type { HostPresence } from "./ports/hypervisor.ts";
import type { Transport } from "./ports/transfer.ts";

/** Questions that the API asks a worker, because only workers reach hosts: kind -> what goes in and what comes back. All values are JSON. */
export interface Inquiries {
  /** The line for `authorized_keys` that lets ferry log in. */
  readonly "ssh-key": { readonly input: Record<string, never>; readonly answer: { readonly publicKey: string } };
  /** The SSH host keys that an address offers; nothing is authenticated. */
  readonly "scan-host-key": {
    readonly input: { readonly address: string; readonly port: number };
    readonly answer: { readonly keys: readonly { readonly type: string; readonly hostKey: string; readonly fingerprint: string }[] };
  };
  /** First look at a host that was just added: its facts and guests are in the record when the answer comes. */
  readonly "probe-host": { readonly input: { readonly hostId: HostId }; readonly answer: { readonly servers: number } };
  /** A fresh look at a host; also brings the record up to date. */
  readonly "check-host": { readonly input: { readonly hostId: HostId }; readonly answer: { readonly results: readonly CheckResult[] } };
  /** Whether anything of a host answers; nothing is recorded. */
  readonly "seek-host": {
    readonly input: { readonly hostId: HostId };
    readonly answer: HostPresence;
  };
  /** What a guest has used; null when the host has no such guest. */
  readonly "read-statistics": {
    readonly input: { readonly serverId: ServerId; readonly hostId: HostId };
    readonly answer: { readonly statistics: GuestStatistics | null };
  };
  /** Defines a pool on a host and starts it; the record of the host's pools is new when the answer comes. So for the next two. */
  "define-pool": {
    readonly input: { readonly hostId: HostId; readonly name: string; readonly source: PoolSource };
    readonly answer: Record<string, never>;
  };
  "switch-pool": {
    readonly input: { readonly hostId: HostId; readonly name: string; readonly active: boolean };
    readonly answer: Record<string, never>;
  };
  /** Stops the pool and removes its definition; what it holds stays. */
  "remove-pool": { readonly input: { readonly hostId: HostId; readonly name: string }; readonly answer: Record<string, never> };
  /** Makes what the volume's record asks for, and records where it is; the same for a volume that is there already, and for its end. */
  "create-volume": { readonly input: { readonly volumeId: string }; readonly answer: Record<string, never> };
  "adopt-volume": { readonly input: { readonly volumeId: string }; readonly answer: Record<string, never> };
  "delete-volume": { readonly input: { readonly volumeId: string }; readonly answer: Record<string, never> };
  /** All checks of a move, for the named host or for every candidate, best first; nothing is started. */
  readonly preflight: {
    readonly input: {
      readonly serverId: ServerId;
      readonly mode: MoveMode;
      readonly requestedHostId: HostId | null;
      readonly blockMigration: boolean | "auto";
      readonly diskOverCommit: boolean | null;
      readonly force: boolean;
      readonly transport: Transport | "auto";
      readonly outcome: MoveOutcome;
    };
    readonly answer: {
      readonly candidates: readonly {
        readonly hostId: HostId;
        readonly host: string;
        readonly results: readonly CheckResult[];
        /** The equivalent command; null when the host does not pass, or virsh has none. */
        readonly virsh: string | null;
      }[];
    };
  };
}

export type InquiryKind = keyof Inquiries;
export type InquiryInput<K extends InquiryKind> = Inquiries[K]["input"];
export type InquiryAnswer<K extends InquiryKind> = Inquiries[K]["answer"];
