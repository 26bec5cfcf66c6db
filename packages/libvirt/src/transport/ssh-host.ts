import { type SshOptions, SshSession } from "./ssh-session.ts";

/** A host reached over SSH: at most one connection at a time, made at the first use and again after it was lost. */
export class SshHost {
  readonly options: SshOptions;
  #session: Promise<SshSession> | undefined;
  #closed = false;

  constructor(options: SshOptions) {
    this.options = options;
  }

  /** The connection, shared by all callers. */
  session(): Promise<SshSession> {
    if (this.#closed) return Promise.reject(new Error(`The host ${this.options.address} was closed on this side: make a new SshHost`));
    this.#session ??= this.#connect();
    return this.#session;
  }

  /** Ends the connection for good. */
  async close(): Promise<void> {
    this.#closed = true;
    const [outcome] = await Promise.allSettled([this.#session]);
    if (outcome.status === "fulfilled") outcome.value?.close();
  }

  async #connect(): Promise<SshSession> {
    try {
      const session = await SshSession.connect(this.options);
      void session.closed.then(() => this.#forget());
      return session;
    } catch (error) {
      this.#forget();
      throw error;
    }
  }

  #forget(): void {
    this.#session = undefined;
  }
}
