import { type Duplex, duplexPair } from "node:stream";
import { SshChannelError, SshClosedError } from "@ferry/libvirt";
import type { FakeHost } from "../host.ts";
import { FakeSftp } from "./fake-sftp.ts";

/** OpenSSH's reason codes for a channel that it does not open. */
const CONNECT_FAILED = 2;

const SOCKET = "/var/run/libvirt/libvirt-sock";

/** One SSH connection to a fake host, with what ferry's drivers use of it. */
export class FakeSession {
  readonly address: string;
  readonly files: FakeSftp;
  readonly closed: Promise<SshClosedError>;
  readonly #host: FakeHost;
  readonly #channels = new Set<Duplex>();
  readonly #resolveClosed: (reason: SshClosedError) => void;
  readonly #onClose: () => void;
  #lost: SshClosedError | undefined;

  constructor(host: FakeHost, onClose: () => void) {
    const { promise, resolve } = Promise.withResolvers<SshClosedError>();
    this.address = host.address;
    this.closed = promise;
    this.#resolveClosed = resolve;
    this.#host = host;
    this.#onClose = onClose;
    this.files = new FakeSftp(host, () => this.#requireOpen());
  }

  get isOpen(): boolean {
    return this.#lost === undefined;
  }

  async openStreamLocal(path: string): Promise<Duplex> {
    this.#requireOpen();
    if (path !== SOCKET || !this.#host.daemon.alive) throw refused(`the socket ${path}`);
    return this.#channel(this.#host.daemon.connect());
  }

  /** Port 22 of a host that is up is open, all others of it are closed; a host out of reach does not answer. */
  async forwardOut(toHost: string, toPort: number): Promise<Duplex> {
    this.#requireOpen();
    const there = this.#host.datacentre.hostAt(toHost);
    if (!there || !this.#host.datacentre.linked(this.#host, there)) return await new Promise<never>(() => undefined);
    if (toPort !== 22) throw refused(`${toHost}:${toPort}`);
    const [near, far] = duplexPair();
    near.on("close", () => far.destroy());
    return this.#channel(near);
  }

  /** `stat` with a format of mode and device number in hexadecimal; any other command is a surprise. */
  async exec(argv: readonly string[]): Promise<{ code: number; stdout: string }> {
    this.#requireOpen();
    const path = argv.at(-1) ?? "";
    if (argv.slice(0, 3).join(" ") !== "stat --dereference --format=%f %t %T") throw refused(`the command ${argv.join(" ")}`);
    const number = this.#host.files.deviceNumber(path);
    if (number) return { code: 0, stdout: `61b0 ${number.map((part) => part.toString(16)).join(" ")}\n` };
    return this.#host.files.get(path) ? { code: 0, stdout: "81a4 0 0\n" } : { code: 1, stdout: "" };
  }

  async spawn(argv: readonly string[]): Promise<never> {
    this.#requireOpen();
    throw refused(`the command ${argv[0]}`);
  }

  close(): void {
    if (this.#lost) return;
    this.#lost = new SshClosedError(`The SSH connection to ${this.address} has ended: connect again`);
    for (const channel of this.#channels) channel.destroy();
    this.#onClose();
    this.#resolveClosed(this.#lost);
  }

  #channel(duplex: Duplex): Duplex {
    this.#channels.add(duplex);
    duplex.on("close", () => this.#channels.delete(duplex));
    return duplex;
  }

  #requireOpen(): void {
    if (this.#lost) throw this.#lost;
  }
}

const refused = (what: string): SshChannelError =>
  new SshChannelError(`Cannot open ${what}: sshd refused it, or nothing listens there`, {
    cause: Object.assign(new Error("Channel open failure"), { reason: CONNECT_FAILED }),
  });
