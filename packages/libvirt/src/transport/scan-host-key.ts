import { Client } from "ssh2";
import { describeHostKey, hostKeyAlgorithms, type PinnedHostKey } from "./host-key.ts";
import { sshConnectError } from "./ssh-connect-error.ts";
import { SshConnectError } from "./ssh-errors.ts";

/** Where to look. */
export interface ScanTarget {
  readonly address: string;
  /** Default 22. */
  readonly port?: number;
  /** Default 10 000 ms. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

/** A key that a server offered. */
export interface ScannedHostKey extends PinnedHostKey {
  /** The whole public key as in `known_hosts`: type and base64. */
  readonly publicKey: string;
}

/**
 * Learns a server's host key and hangs up before any login. The answer is only as trustworthy as the network of that moment: show the
 * fingerprint to the person who adds the host. An ed25519 key is preferred when the server has several.
 */
export function scanHostKey({ address, port = 22, deadlineMs = 10_000, signal }: ScanTarget): Promise<ScannedHostKey> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const client = new Client();
    const timer = setTimeout(() => settle(() => reject(new SshConnectError(address, "timeout", undefined))), deadlineMs);
    const onAbort = (): void => settle(() => reject(signal?.reason));
    const settle = (outcome: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      outcome();
      client.destroy();
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    // After the key is known ssh2 reports the refusal as an error: the promise is settled by then and ignores it.
    client.on("error", (error) => settle(() => reject(sshConnectError(address, error))));
    client.on("close", () => settle(() => reject(new SshConnectError(address, "unreachable", undefined))));
    const hostVerifier = (blob: Buffer): boolean => {
      const pinned = describeHostKey(blob);
      settle(() => resolve({ ...pinned, publicKey: `${pinned.type} ${blob.toString("base64")}` }));
      return false;
    };
    const algorithms = { serverHostKey: hostKeyAlgorithms("ssh-ed25519") };
    client.connect({ host: address, port, username: "none", readyTimeout: 0, hostVerifier, algorithms });
  });
}
