import { createHash } from "node:crypto";
import { XdrReader } from "../xdr-reader.ts";

/** The identity of an SSH server, learnt when the host was added and required at each connection. */
export interface PinnedHostKey {
  /** Key type as in `ssh_host_*_key.pub`, e.g. `ssh-ed25519`, `ssh-rsa`, `ecdsa-sha2-nistp256`. */
  readonly type: string;
  /** As `ssh-keygen -l` prints it: `SHA256:` and base64 without padding. */
  readonly fingerprint: string;
}

/** The server at this address is not the one that was pinned. Nothing was sent to it. */
export class HostKeyChangedError extends Error {
  override readonly name = "HostKeyChangedError";
  readonly address: string;
  readonly pinned: PinnedHostKey;
  readonly presented: PinnedHostKey;

  constructor(address: string, pinned: PinnedHostKey, presented: PinnedHostKey) {
    super(
      `Refused to connect to ${address}: its SSH host key is ${presented.type} ${presented.fingerprint}, must be ${pinned.type} ` +
        `${pinned.fingerprint}. If the host was reinstalled, compare with "ssh-keygen -l -f /etc/ssh/ssh_host_*_key.pub" on its ` +
        "console and pin the new key; if not, somebody may be standing in between",
    );
    this.address = address;
    this.pinned = pinned;
    this.presented = presented;
  }
}

/** Type and fingerprint of a public key blob as SSH transmits it. */
export function describeHostKey(blob: Buffer): PinnedHostKey {
  const digest = createHash("sha256").update(blob).digest("base64").replace(/=+$/, "");
  return { type: keyType(blob), fingerprint: `SHA256:${digest}` };
}

/** Whether two descriptions name the same key. */
export function sameHostKey(a: PinnedHostKey, b: PinnedHostKey): boolean {
  return a.type === b.type && a.fingerprint === b.fingerprint;
}

/** The blob begins with the type as a counted string, the same layout as XDR's. */
function keyType(blob: Buffer): string {
  const reader = new XdrReader(blob);
  return blob.subarray(4, 4 + reader.count(64, 1)).toString("latin1");
}

const RSA_SIGNATURES = ["rsa-sha2-512", "rsa-sha2-256"] as const;
const OTHER_SIGNATURES = ["ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"] as const;

/** Signature algorithm names that SSH negotiates host keys by. */
export type HostKeyAlgorithm = (typeof RSA_SIGNATURES)[number] | (typeof OTHER_SIGNATURES)[number];

/**
 * Algorithms to offer, those of the pinned type first: a server with several keys then shows the pinned one. The others stay in the list
 * so that a replaced key is reported as changed instead of as a failed negotiation.
 */
export function hostKeyAlgorithms(pinnedType: string): HostKeyAlgorithm[] {
  const all: HostKeyAlgorithm[] = [...OTHER_SIGNATURES, ...RSA_SIGNATURES];
  const isPinned = (algorithm: string): boolean => algorithm === pinnedType || (pinnedType === "ssh-rsa" && algorithm.startsWith("rsa-"));
  return [...all.filter(isPinned), ...all.filter((algorithm) => !isPinned(algorithm))];
}
