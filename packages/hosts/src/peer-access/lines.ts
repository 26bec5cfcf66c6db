import type { DriverTraits } from "../hypervisor/traits/traits.ts";
import { markOf } from "./tag.ts";

/** The command to which a key between hosts is bound: it connects its streams to the local libvirt, and can do nothing else. */
const peerCommand = (scheme: DriverTraits["scheme"]): string => `virt-ssh-helper ${scheme}:///system`;

/**
 * sshd reads an expiry in its own time zone, which ferry does not know (and releases before 9.1 know no other form). Written as UTC plus the
 * largest offset there is, it never passes too early, and at most 26 hours late; the key is withdrawn with the migration anyway.
 */
const LARGEST_OFFSET_MS = 14 * 60 * 60 * 1000;

/** What the destination admits. */
export interface AdmittedKey {
  readonly publicKey: string;
  readonly sourceAddress: string;
  readonly expiresAt: Date;
}

/** The destination's line: this key, from this address, for libvirt only, until then. */
export function authorizedKeysLine(tag: string, key: AdmittedKey, scheme: DriverTraits["scheme"] = "qemu"): string {
  const [type, blob] = plainKey(key.publicKey);
  const expiry = new Date(key.expiresAt.getTime() + LARGEST_OFFSET_MS).toISOString().replace(/[-T:]/g, "").slice(0, 12);
  return `restrict,from="${plainAddress(key.sourceAddress)}",command="${peerCommand(scheme)}",expiry-time="${expiry}" ${type} ${blob} ${markOf(tag)}`;
}

/**
 * The source's line: the pinned key of the destination under the address that libvirt will dial. The name stands there three times, because
 * `ssh` leaves the file alone when a line names more than two hosts; else it would add the server's other keys to it (UpdateHostKeys).
 */
export function knownHostsLine(tag: string, destination: { address: string; port: number; hostKey: string }): string {
  const [type, blob] = plainKey(destination.hostKey);
  const address = plainAddress(destination.address);
  const name = destination.port === 22 ? address : `[${address}]:${destination.port}`;
  return `${name},${name},${name} ${type} ${blob} ${markOf(tag)}`;
}

function plainKey(key: string): [type: string, blob: string] {
  const [type = "", blob = ""] = key.trim().split(/\s+/);
  if (!/^[a-z0-9@.-]+$/.test(type) || !/^[A-Za-z0-9+/]+=*$/.test(blob))
    throw new RangeError(`Cannot use ${JSON.stringify(key)} as a public key: it must have OpenSSH's form, "ssh-ed25519 AAAA…".`);
  return [type, blob];
}

/** An address or host name: nothing that could end the quotes or the line. */
function plainAddress(address: string): string {
  if (!/^[A-Za-z0-9.:_%-]+$/.test(address))
    throw new RangeError(`Cannot use ${JSON.stringify(address)} as an address: it must be an IP address or a host name.`);
  return address;
}
