import type { CheckResult } from "./check-result.ts";
import type { HostFacts } from "./ports/hypervisor.ts";
import type { Transport } from "./ports/transfer.ts";

/** Where a host that is not in the record yet is reached, and the key that it must show. */
export interface HostCandidate {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly hostKey: string;
  readonly uri: string;
  readonly migrationAddress: string | null;
}

/** A move that is only thought through. The destination is named by its id, or null: every host that may be one. */
export interface PreflightOrder {
  readonly serverId: string;
  readonly requestedHostId: string | null;
  readonly blockMigration: boolean | "auto";
  readonly diskOverCommit: boolean;
  readonly force: boolean;
  readonly transport: Transport | "auto";
}

export interface PreflightCandidate {
  readonly hostId: string;
  readonly hostName: string;
  readonly checks: readonly CheckResult[];
}

/**
 * Questions that only a worker can answer because they need a host: what is asked and what comes back. An inquiry changes nothing on a host. A
 * failed one carries a code of the error catalogue and its public sentence. A question whose asker has gone is answered all the same.
 */
export interface Inquiries {
  /** ferry's own public key, one line in OpenSSH's form. */
  readonly "ssh-key": { readonly input: Record<string, never>; readonly answer: { readonly publicKey: string } };
  /** Host keys that an address offers, without logging in: `ssh-ed25519 AAAA…`. */
  readonly "scan-host-key": {
    readonly input: { readonly address: string; readonly port: number };
    readonly answer: { readonly keys: readonly string[] };
  };
  /** Logs in to a host that is not in the record and reads its facts. */
  readonly "probe-host": { readonly input: HostCandidate; readonly answer: { readonly facts: HostFacts } };
  /** Reads facts and guests of a host into the record; its guests are servers when the answer comes. */
  readonly "adopt-host": { readonly input: { readonly hostId: string }; readonly answer: { readonly servers: number } };
  readonly "check-host": { readonly input: { readonly hostId: string }; readonly answer: { readonly checks: readonly CheckResult[] } };
  /** All checks for each candidate, and the host that a move without a named one would take. */
  readonly preflight: {
    readonly input: PreflightOrder;
    readonly answer: { readonly candidates: readonly PreflightCandidate[]; readonly chosenHostId: string | null };
  };
}

export type InquiryKind = keyof Inquiries;
export type InquiryInput<K extends InquiryKind> = Inquiries[K]["input"];
export type InquiryAnswer<K extends InquiryKind> = Inquiries[K]["answer"];
