import type { Duplex } from "node:stream";
import { type ConnectionOptions, LibvirtConnection } from "./connection.ts";
import { authTypes, features } from "./constants.ts";

/** What to open on a connection, and how. */
export interface OpenOptions extends ConnectionOptions {
  /** Driver and instance, e.g. `qemu:///system`. */
  readonly uri: string;
  /** Ask for a connection that cannot change anything. Default false. */
  readonly readOnly?: boolean;
  /**
   * Let the daemon ping too: it then drops this client, and undoes its half-done migrations, 30 s after the client has vanished.
   * The client answers by itself, but must not block its event loop that long. Default true.
   */
  readonly serverKeepalive?: boolean;
  readonly signal?: AbortSignal;
}

/** The daemon wants a login that this client does not offer. */
export class AuthUnsupportedError extends Error {
  override readonly name = "AuthUnsupportedError";
}

/**
 * Logs in and opens the driver on a fresh byte stream. When it fails, the stream is closed.
 * Over SSH or a local socket the daemon asks for nothing, or for polkit; SASL is not offered.
 */
export async function openLibvirt(duplex: Duplex, options: OpenOptions): Promise<LibvirtConnection> {
  const connection = new LibvirtConnection(duplex, options);
  const call = options.signal ? { signal: options.signal } : {};
  try {
    await authenticate(connection, call);
    await connection.call("connectOpen", { name: options.uri, flags: options.readOnly ? 1 : 0 }, call);
    if (options.serverKeepalive ?? true) await connection.call("connectSupportsFeature", { feature: features.keepalive }, call);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function authenticate(connection: LibvirtConnection, call: { readonly signal?: AbortSignal }): Promise<void> {
  const { types } = await connection.call("authList", {}, call);
  if (types.length === 0 || types.includes(authTypes.none)) return;
  if (!types.includes(authTypes.polkit)) {
    throw new AuthUnsupportedError(
      `libvirtd wants authentication types ${types.join(", ")}: set auth_unix_rw to "none" or "polkit" on that host`,
    );
  }
  await connection.call("authPolkit", {}, call);
}

/** What a daemon says of itself. Versions are one number: major × 1 000 000 + minor × 1 000 + micro. */
export interface DaemonFacts {
  readonly hostname: string;
  readonly uri: string;
  /** Hypervisor kind, e.g. `QEMU`, `Xen`, `TEST`. */
  readonly driver: string;
  readonly libvirtVersion: number;
  readonly hypervisorVersion: number;
  /** Migration features: all three are needed to drive a migration call by call. */
  readonly migrationV3: boolean;
  readonly migrationP2p: boolean;
  readonly migrationParams: boolean;
  readonly changeProtection: boolean;
}

/** Reads versions and features over an open connection. */
export async function readDaemonFacts(connection: LibvirtConnection): Promise<DaemonFacts> {
  const supports = async (feature: number): Promise<boolean> =>
    (await connection.call("connectSupportsFeature", { feature })).supported === 1;
  const [name, uri, kind, lib, hv, v3, p2p, params, protection] = await Promise.all([
    connection.call("connectGetHostname"),
    connection.call("connectGetUri"),
    connection.call("connectGetType"),
    connection.call("connectGetLibVersion"),
    connection.call("connectGetVersion"),
    supports(features.migrationV3),
    supports(features.migrationP2p),
    supports(features.migrationParams),
    supports(features.migrateChangeProtection),
  ]);
  return {
    hostname: name.hostname,
    uri: uri.uri,
    driver: kind.type,
    libvirtVersion: Number(lib.libVer),
    hypervisorVersion: Number(hv.hvVer),
    migrationV3: v3,
    migrationP2p: p2p,
    migrationParams: params,
    changeProtection: protection,
  };
}

/** `9000000` → `9.0.0`. */
export function versionText(version: number): string {
  return [Math.floor(version / 1_000_000), Math.floor(version / 1_000) % 1_000, version % 1_000].join(".");
}
