import type { LibvirtConnection } from "./connection.ts";
import { ConnectionLostError } from "./errors.ts";
import { type OpenOptions, openLibvirt } from "./handshake.ts";
import { type LibvirtChannel, LibvirtUnreachableError } from "./transport/libvirt-channel.ts";
import { openSshChannel } from "./transport/ssh.ts";
import type { SshHost } from "./transport/ssh-host.ts";
import { openUnixChannel } from "./transport/unix.ts";

/** What to open on the host. */
export interface LibvirtHostOptions extends Omit<OpenOptions, "signal"> {
  /** Directory of libvirt's sockets on the host. Default `/var/run/libvirt`. */
  readonly socketDirectory?: string;
}

/** What may differ for a connection of one's own. */
export type DedicatedOptions = Pick<OpenOptions, "serverKeepalive" | "maxInFlight" | "keepalive" | "signal">;

/**
 * libvirt on one host: a shared connection for short calls and events, and connections of their own for long calls and streams,
 * because the daemon stops reading a connection with five calls outstanding. Over SSH all of them share one SSH connection.
 * A connection that was lost is not replaced under its users; the next `shared()` opens a new one.
 */
export class LibvirtHost {
  readonly #openChannel: () => Promise<LibvirtChannel>;
  readonly #options: LibvirtHostOptions;
  readonly #connections = new Set<LibvirtConnection>();
  #shared: Promise<LibvirtConnection> | undefined;
  #closed = false;
  #route = "";

  private constructor(openChannel: () => Promise<LibvirtChannel>, options: LibvirtHostOptions) {
    this.#openChannel = openChannel;
    this.#options = options;
  }

  /** libvirt behind an SSH host. Closing it leaves the SSH connection to its owner. */
  static overSsh(ssh: SshHost, options: LibvirtHostOptions): LibvirtHost {
    return new LibvirtHost(async () => await openSshChannel(await ssh.session(), options), options);
  }

  /** libvirt on this machine, by the path of its socket. */
  static overSocket(path: string, options: LibvirtHostOptions): LibvirtHost {
    return new LibvirtHost(() => openUnixChannel(path), options);
  }

  /** How libvirt was reached the last time: a socket path or `virt-ssh-helper`; empty before the first time. */
  get route(): string {
    return this.#route;
  }

  /** The connection for short calls and events, opened when there is none. */
  shared(): Promise<LibvirtConnection> {
    this.#shared ??= this.#openShared();
    return this.#shared;
  }

  /** A fresh connection for one long call or one stream; close it afterwards. */
  dedicated(options: DedicatedOptions = {}): Promise<LibvirtConnection> {
    return this.#open(options);
  }

  /** Runs `work` with a connection of its own and closes it at the end. */
  async withDedicated<T>(work: (connection: LibvirtConnection) => Promise<T>, options: DedicatedOptions = {}): Promise<T> {
    const connection = await this.dedicated(options);
    try {
      return await work(connection);
    } finally {
      connection.close();
    }
  }

  /** Ends all connections of this host. */
  close(): void {
    this.#closed = true;
    for (const connection of this.#connections) connection.close();
  }

  async #openShared(): Promise<LibvirtConnection> {
    try {
      const connection = await this.#open({});
      void connection.closed.then(() => this.#forgetShared());
      return connection;
    } catch (error) {
      this.#forgetShared();
      throw error;
    }
  }

  #forgetShared(): void {
    this.#shared = undefined;
  }

  async #open(own: DedicatedOptions): Promise<LibvirtConnection> {
    if (this.#closed) throw new LibvirtUnreachableError("This LibvirtHost was closed: make a new one");
    const channel = await this.#openChannel();
    const connection = await this.#handshake(channel, own);
    this.#route = channel.route;
    this.#connections.add(connection);
    void connection.closed.then(() => this.#connections.delete(connection));
    if (this.#closed) connection.close();
    return connection;
  }

  async #handshake(channel: LibvirtChannel, own: DedicatedOptions): Promise<LibvirtConnection> {
    try {
      return await openLibvirt(channel.duplex, { ...this.#options, ...own });
    } catch (error) {
      if (!(error instanceof ConnectionLostError)) throw error;
      const said = channel.complaint();
      const sentence = `No libvirt daemon answers through ${channel.route}${said && ` (it says: ${said})`}: check that libvirtd or virtqemud runs there`;
      throw new LibvirtUnreachableError(sentence, error);
    }
  }
}
