/** Access from a source host to a destination host, prepared over ferry's own SSH connections to both. */

export type Reachability = "open" | "refused" | "silent" | "forbidden";

export interface PeerKey {
  readonly privateKeyPath: string;
  /** Line in the destination's authorized_keys; carries the migration id as its comment. */
  readonly authorizedKeysLine: string;
  readonly knownHostsLine: string;
}

export interface PeerAccess {
  /**
   * Whether a TCP connection from this host to `address:port` is answered within the deadline. `open`: something listens. `refused`: the
   * other side answered at once that it does not (a firewall that drops packets would be `silent`). `forbidden`: this host's sshd forbids forwarding.
   */
  reach(address: string, port: number, deadlineMs: number): Promise<Reachability>;
  /**
   * A port of this host, of `count` from `first`, on which nothing listens; null when there is none. Only such a port may be tried out: a QEMU that
   * waits for a guest takes whoever connects for its source, and ends the move.
   */
  idlePort(first: number, count: number): Promise<number | null>;
  /** Whether the tool that libvirt's SSH transport needs is there: on a source `ssh`, on a destination `virt-ssh-helper` (or a netcat). */
  canPeer(role: "source" | "destination"): Promise<boolean>;
  /** On the source: a fresh key pair in a file of mode 0600, and the destination's pinned host key in known_hosts. Repeatable: replaces what carries the same tag. */
  placeSourceKey(
    tag: string,
    destination: { address: string; port: number; hostKey: string },
  ): Promise<{ publicKey: string; privateKeyPath: string }>;
  /** On the destination: admits the public key for virt-ssh-helper only, from `sourceAddress` only, at least until `expiresAt` (the host's time zone is unknown: up to 26 h longer). */
  admitKey(tag: string, key: { publicKey: string; sourceAddress: string; expiresAt: Date }): Promise<void>;
  /** Removes whatever carries the tag from this host, in both roles; nothing happens when there is nothing. */
  withdraw(tag: string): Promise<void>;
}
