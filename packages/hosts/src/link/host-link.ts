import type { HostAddress } from "@ferry/core";
import {
  type ArgsOf,
  ConnectionLostError,
  describeHostKey,
  type LibvirtConnection,
  LibvirtHost,
  type PinnedHostKey,
  type ProcedureName,
  type ResultOf,
  SshClosedError,
  SshHost,
  type SshOptions,
  type SshSession,
  versionText,
} from "@ferry/libvirt";
import { BackOff } from "./back-off.ts";
import { translate } from "./translate.ts";

/** ferry's own SSH identity. */
export interface SshIdentity {
  /** OpenSSH or PEM text. */
  readonly privateKey: string;
  /** `ssh-ed25519 AAAA… comment`: what a refused login asks to be installed. */
  readonly publicKey: string;
}

/** Called right before a transfer sends a libvirt call. For tests: whoever gets the connection may cut it. */
export type Tap = (moment: {
  readonly host: HostAddress;
  readonly procedure: ProcedureName;
  readonly connection: LibvirtConnection;
}) => void;

export interface LinkOptions {
  readonly identity: SshIdentity;
  readonly tap?: Tap | undefined;
  readonly now?: (() => number) | undefined;
  /** How a host is reached over SSH; a stand-in takes its place in tests. Default: `new SshHost(options)`. */
  readonly sshHost?: ((options: SshOptions) => SshHost) | undefined;
}

const CONNECT_DEADLINE_MS = 10_000;

/**
 * The way to one host: one SSH connection with the pinned key, and libvirt behind it. Both are opened at the first use, once for all callers,
 * and again after a loss; after a failed attempt the next ones pause. Everything thrown from `ask` and `act` is an error of the catalogue.
 */
export class HostLink {
  readonly address: HostAddress;
  readonly #identity: SshIdentity;
  readonly #tap: Tap | undefined;
  readonly #ssh: SshHost;
  readonly #libvirt: LibvirtHost;
  /** One each: a host without libvirt can still be reached. */
  readonly #sshBackOff: BackOff;
  readonly #libvirtBackOff: BackOff;
  #libvirtVersion = "unknown";
  #opening: Promise<LibvirtConnection> | undefined;

  constructor(address: HostAddress, options: LinkOptions) {
    this.address = address;
    this.#identity = options.identity;
    this.#tap = options.tap;
    this.#sshBackOff = new BackOff(options.now ?? Date.now);
    this.#libvirtBackOff = new BackOff(options.now ?? Date.now);
    const { sshHost = (ssh) => new SshHost(ssh) } = options;
    this.#ssh = sshHost({
      address: address.address,
      port: address.port,
      username: address.user,
      auth: { privateKey: options.identity.privateKey },
      hostKey: pinnedKey(address.hostKey),
      connectDeadlineMs: CONNECT_DEADLINE_MS,
    });
    this.#libvirt = LibvirtHost.overSsh(this.#ssh, { uri: address.uri });
  }

  /** Runs work that only reads, on the shared connection. A connection found dead is replaced and the work run once more. */
  async ask<T>(action: string, work: (connection: LibvirtConnection) => Promise<T>): Promise<T> {
    return await this.translated(action, async () => {
      try {
        return await work(await this.#shared());
      } catch (error) {
        if (!(error instanceof ConnectionLostError || error instanceof SshClosedError)) throw error;
        return await work(await this.#shared());
      }
    });
  }

  /** Runs work that changes something, on the shared connection, once. */
  act<T>(action: string, work: (connection: LibvirtConnection) => Promise<T>): Promise<T> {
    return this.translated(action, async () => await work(await this.#shared()));
  }

  /** Runs work with a connection of its own: for streams, whose slow reader would stop the others. */
  own<T>(action: string, work: (connection: LibvirtConnection) => Promise<T>): Promise<T> {
    return this.translated(action, async () => await this.#libvirt.withDedicated(work));
  }

  /** A connection for the long calls of one transfer. The daemon pings it too, so that it notices our death. The caller closes it. */
  dedicated(): Promise<LibvirtConnection> {
    return this.translated("open a connection for a transfer", () =>
      this.#libvirtBackOff.attempt(() => this.#libvirt.dedicated({ serverKeepalive: true })),
    );
  }

  /** Makes a call of a transfer; unlike `act` it throws the libvirt client's own errors, whose meaning decides how the transfer goes on. */
  async transferCall<N extends ProcedureName>(connection: LibvirtConnection, procedure: N, args: ArgsOf<N>): Promise<ResultOf<N>> {
    this.#tap?.({ host: this.address, procedure, connection });
    const call = connection.call as (name: N, args: ArgsOf<N>) => Promise<ResultOf<N>>;
    return await call.call(connection, procedure, args);
  }

  /** The SSH connection, for files and forwarded connections. */
  session(): Promise<SshSession> {
    return this.translated("connect", () => this.#sshBackOff.attempt(() => this.#ssh.session()));
  }

  /** The same without a pause after a failure: whoever asks wants to know how the host is at this moment. */
  sessionNow(): Promise<SshSession> {
    return this.translated("connect", () => this.#ssh.session());
  }

  /** Runs work and translates what it throws. */
  async translated<T>(action: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const { name, address, port, user } = this.address;
      const place = {
        host: { name, address, port, user },
        publicKey: this.#identity.publicKey,
        action,
        libvirtVersion: this.#libvirtVersion,
      };
      throw translate(error, place);
    }
  }

  /** The next use tries to reach the host at once, however often that has failed. */
  forgetFailures(): void {
    this.#sshBackOff.forget();
    this.#libvirtBackOff.forget();
  }

  /** Ends all connections to the host for good. */
  async close(): Promise<void> {
    this.#libvirt.close();
    await this.#ssh.close();
  }

  #shared(): Promise<LibvirtConnection> {
    this.#opening ??= this.#libvirtBackOff
      .attempt(() => this.#libvirt.shared())
      .finally(() => {
        this.#opening = undefined;
      });
    return this.#opening;
  }

  /** Remembers libvirt's version for error sentences. */
  rememberVersion(libvirtVersion: number): void {
    this.#libvirtVersion = versionText(libvirtVersion);
  }
}

/** Type and fingerprint of a public key in OpenSSH form, `ssh-ed25519 AAAA… comment`. */
export function pinnedKey(hostKey: string): PinnedHostKey {
  return describeHostKey(Buffer.from(hostKey.trim().split(/\s+/)[1] ?? "", "base64"));
}
