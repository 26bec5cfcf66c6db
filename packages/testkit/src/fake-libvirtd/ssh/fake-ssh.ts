import { randomBytes } from "node:crypto";
import {
  describeHostKey,
  HostKeyChangedError,
  SshConnectError,
  SshHost,
  type SshOptions,
  type SshSession,
  sameHostKey,
} from "@ferry/libvirt";
import type { FakeHost } from "../host.ts";
import { FakeSession } from "./fake-session.ts";

/** The SSH server of a host. */
export class FakeSsh {
  /** The host's public key as one line, `ssh-ed25519 AAAA…`. */
  hostKey = newHostKey();
  readonly #host: FakeHost;
  readonly #sessions = new Set<FakeSession>();
  #reachable = true;

  constructor(host: FakeHost) {
    this.#host = host;
  }

  get reachable(): boolean {
    return this.#reachable;
  }

  /** A new connection, as `SshSession.connect` would make it: the pinned key is compared, errors are the same. */
  connect(options: SshOptions): SshSession {
    if (!this.#reachable || !this.#host.powered) throw new SshConnectError(options.address, "unreachable", undefined);
    const presented = describeHostKey(Buffer.from(this.hostKey.split(" ")[1] ?? "", "base64"));
    if (!sameHostKey(presented, options.hostKey)) throw new HostKeyChangedError(options.address, options.hostKey, presented);
    const session = new FakeSession(this.#host, () => this.#sessions.delete(session));
    this.#sessions.add(session);
    // The fake has what drivers use of a session; the class has private members besides.
    return session as unknown as SshSession;
  }

  /** Ends every connection and lets nobody in until `restore`. */
  cut(): void {
    this.#reachable = false;
    for (const session of [...this.#sessions]) session.close();
  }

  restore(): void {
    this.#reachable = true;
  }

  /** Ends every connection; new ones are welcome. */
  dropAll(): void {
    for (const session of [...this.#sessions]) session.close();
  }
}

/** What answers at an address that no host has. */
export const nobody: Pick<FakeSsh, "connect"> = {
  connect: ({ address }) => {
    throw new SshConnectError(address, "unreachable", undefined);
  },
};

/** In the place of `SshHost`: leads to the fake host of that address. */
export class FakeSshHost extends SshHost {
  readonly #server: Pick<FakeSsh, "connect">;
  #session: SshSession | undefined;
  #closed = false;

  constructor(options: SshOptions, server: Pick<FakeSsh, "connect">) {
    super(options);
    this.#server = server;
  }

  override async session(): Promise<SshSession> {
    if (this.#closed) throw new Error("this SSH host was closed on ferry's side");
    if (!this.#session?.isOpen) this.#session = this.#server.connect(this.options);
    return this.#session;
  }

  override async close(): Promise<void> {
    this.#closed = true;
    this.#session?.close();
  }
}

/** An Ed25519 public key in OpenSSH's form, with random bytes as the key. */
function newHostKey(): string {
  const field = (bytes: Buffer): Buffer => Buffer.concat([Buffer.from([0, 0, 0, bytes.length]), bytes]);
  const blob = Buffer.concat([field(Buffer.from("ssh-ed25519")), field(randomBytes(32))]);
  return `ssh-ed25519 ${blob.toString("base64")}`;
}
