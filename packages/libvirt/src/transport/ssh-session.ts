import type { Duplex } from "node:stream";
import { Client, type ClientChannel, type ConnectConfig } from "ssh2";
import { withDeadline } from "./deadline.ts";
import { describeHostKey, HostKeyChangedError, hostKeyAlgorithms, type PinnedHostKey, sameHostKey } from "./host-key.ts";
import { boundedCommand, type CommandResult, collectCommand, type ExecOptions } from "./run-command.ts";
import { shellWords } from "./shell-words.ts";
import { sshConnectError } from "./ssh-connect-error.ts";
import { SshChannelError, SshClosedError, SshConnectError, SshDeadlineError } from "./ssh-errors.ts";
import { SshFiles } from "./ssh-files.ts";

/** How to prove who we are. */
export type SshAuth =
  | { readonly privateKey: string | Buffer; readonly passphrase?: string }
  /** Path of an ssh-agent's socket. */
  | { readonly agent: string }
  | { readonly password: string };

/** Where to connect, as whom, and which host it must be. There is no way to accept any host key. */
export interface SshOptions {
  readonly address: string;
  /** Default 22. */
  readonly port?: number;
  readonly username: string;
  readonly auth: SshAuth;
  readonly hostKey: PinnedHostKey;
  /** Until the login is complete (ms). Default 20 000. */
  readonly connectDeadlineMs?: number;
  /** Silence before SSH asks whether the host is there (ms), and how often it asks. Default 5 000 × 3. */
  readonly keepaliveIntervalMs?: number;
  readonly keepaliveCount?: number;
  readonly signal?: AbortSignal;
}

const CONNECT_DEADLINE_MS = 20_000;
const CHANNEL_DEADLINE_MS = 15_000;

/**
 * One SSH connection to one host; channels of all kinds share it. When it ends, every channel ends, `closed` resolves, and further
 * use rejects with SshClosedError.
 */
export class SshSession {
  readonly address: string;
  /** Resolves (never rejects) with the reason when the connection has ended. */
  readonly closed: Promise<SshClosedError>;
  /** Small files of the host. */
  readonly files: SshFiles;
  readonly #client: Client;
  readonly #resolveClosed: (reason: SshClosedError) => void;
  #lost: SshClosedError | undefined;

  private constructor(address: string, client: Client) {
    const { promise, resolve } = Promise.withResolvers<SshClosedError>();
    this.address = address;
    this.closed = promise;
    this.#client = client;
    this.files = new SshFiles(() => this.#open(`file transfer with ${address}`, (done) => client.sftp(done)));
    this.#resolveClosed = resolve;
    client.on("error", (cause) => this.#end(cause));
    client.on("close", () => this.#end());
  }

  /** Connects and logs in. Rejects with SshConnectError, HostKeyChangedError or the signal's reason. */
  static async connect(options: SshOptions): Promise<SshSession> {
    options.signal?.throwIfAborted();
    const client = new Client();
    const stop = Promise.withResolvers<never>();
    const onAbort = (): void => stop.reject(options.signal?.reason);
    options.signal?.addEventListener("abort", onAbort, { once: true });
    try {
      const expired = (): Error => new SshConnectError(options.address, "timeout", undefined);
      await withDeadline(Promise.race([login(client, options), stop.promise]), options.connectDeadlineMs ?? CONNECT_DEADLINE_MS, expired);
    } catch (error) {
      client.destroy();
      throw error;
    } finally {
      options.signal?.removeEventListener("abort", onAbort);
    }
    client.setNoDelay(true);
    return new SshSession(options.address, client);
  }

  get isOpen(): boolean {
    return this.#lost === undefined;
  }

  /** A stream to a unix socket on the host. Rejects with SshChannelError when sshd refuses or nobody listens. */
  openStreamLocal(path: string): Promise<Duplex> {
    return this.#open(`the socket ${path} on ${this.address}`, (done) => this.#client.openssh_forwardOutStreamLocal(path, done));
  }

  /** A TCP connection from the host to `toHost:toPort`: proves that the host can reach it. */
  forwardOut(toHost: string, toPort: number): Promise<Duplex> {
    return this.#open(`${toHost}:${toPort} from ${this.address}`, (done) => this.#client.forwardOut("127.0.0.1", 0, toHost, toPort, done));
  }

  /** Starts a command and returns its standard streams as they are; read `stderr` too. `exec` is for commands that end by themselves. */
  spawn(argv: readonly string[]): Promise<ClientChannel> {
    const command = shellWords(argv);
    return this.#open(`the command ${argv[0]} on ${this.address}`, (done) => this.#client.exec(command, done));
  }

  /** Runs a command to its end. A non-zero exit code is a result, not an error. Needs coreutils' `timeout` on the host. */
  async exec(argv: readonly string[], options: ExecOptions = {}): Promise<CommandResult> {
    options.signal?.throwIfAborted();
    return await collectCommand(await this.spawn(boundedCommand(argv, options)), argv[0] ?? "", options);
  }

  /** Ends the connection and all its channels. */
  close(): void {
    this.#end();
    this.#client.end();
    this.#client.destroy();
  }

  #end(cause?: unknown): void {
    this.#lost ??= new SshClosedError(`The SSH connection to ${this.address} has ended: connect again`, { cause });
    this.#resolveClosed(this.#lost);
  }

  /** Opens a channel within a deadline; one that comes too late is closed at once. */
  async #open<C extends { destroy?(): unknown; end(): unknown }>(
    what: string,
    open: (done: (error: Error | undefined, channel: C) => void) => unknown,
  ): Promise<C> {
    if (this.#lost) throw this.#lost;
    let expired = false;
    const opened = new Promise<C>((resolve, reject) => {
      const refuse = (cause: unknown): void =>
        reject(new SshChannelError(`Cannot open ${what}: sshd refused it, or nothing listens there`, { cause }));
      try {
        open((error, channel) => {
          if (error) refuse(error);
          else if (expired) channel.end();
          else resolve(channel);
        });
      } catch (error) {
        refuse(error);
      }
    });
    return await withDeadline(opened, CHANNEL_DEADLINE_MS, () => {
      expired = true;
      return new SshDeadlineError(`Cannot open ${what}: no answer within ${CHANNEL_DEADLINE_MS} ms`);
    });
  }
}

function login(client: Client, options: SshOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    let refusal: HostKeyChangedError | undefined;
    const hostVerifier = (blob: Buffer): boolean => {
      const presented = describeHostKey(blob);
      if (!sameHostKey(presented, options.hostKey)) refusal = new HostKeyChangedError(options.address, options.hostKey, presented);
      return refusal === undefined;
    };
    client.on("error", (error) => reject(refusal ?? sshConnectError(options.address, error)));
    client.on("close", () => reject(refusal ?? new SshConnectError(options.address, "unreachable", undefined)));
    client.on("ready", resolve);
    try {
      client.connect({ ...connectConfig(options), hostVerifier });
    } catch (error) {
      reject(new SshConnectError(options.address, "settings", error));
    }
  });
}

function connectConfig(options: SshOptions): ConnectConfig {
  return {
    host: options.address,
    port: options.port ?? 22,
    username: options.username,
    ...options.auth,
    readyTimeout: 0,
    keepaliveInterval: options.keepaliveIntervalMs ?? 5_000,
    keepaliveCountMax: options.keepaliveCount ?? 3,
    algorithms: { serverHostKey: hostKeyAlgorithms(options.hostKey.type) },
  };
}
