import { randomUUID } from "node:crypto";
import { createSocket, type Socket } from "node:dgram";
import { setTimeout as sleep } from "node:timers/promises";

/** UDP port of the witness in every guest. */
export const WITNESS_PORT = 4747;

/** What the witness says. Times are of the guest's own clock, which stands still while the guest is paused. */
export interface WitnessStatus {
  /** Null, or the reason why the command was refused. */
  readonly error: string | null;
  /** Ticks since boot, one per 10 ms. */
  readonly counter: number;
  /** Changes when the guest boots anew. */
  readonly bootId: string;
  readonly uptimeMs: number;
  /** Largest time between two ticks since boot or `resetGap`, as the guest's clock saw it. */
  readonly maxGapMs: number;
  /** Sums over all its disks that have room for records. */
  readonly records: {
    /** Number of the last record that the disk acknowledged, counted from 1 over the life of the disk. */
    readonly written: number;
    /** The same, as found on the disk at boot. */
    readonly recovered: number;
    /** Writes that the disk refused. */
    readonly errors: number;
    /** The last `verify`: how many were read back, how many of them were wrong, and the number of the first wrong one (0: none). */
    readonly checked: number;
    readonly bad: number;
    readonly firstBad: number;
  };
  /** `ok` as of the last `verify`. */
  readonly pattern: { readonly mib: number; readonly ok: boolean };
  readonly dirty: { readonly rateMiBps: number; readonly wsMiB: number; readonly writtenMiB: number };
}

const REPEAT_MS = 200;
const ANSWER_TIMEOUT_MS = 10_000;
const VERIFY_TIMEOUT_MS = 120_000;

/** Talks to one guest's witness. Close it when done, or declare it with `using`. */
export class WitnessClient {
  readonly address: string;
  readonly #socket: Socket = createSocket("udp4");
  #spoofed = 0;
  readonly #waiting = new Map<string, (status: WitnessStatus) => void>();

  constructor(address: string) {
    this.address = address;
    this.#socket.on("message", (message) => this.#receive(message));
    // An unreachable address is told by silence as well: the deadline covers it.
    this.#socket.on("error", () => undefined);
  }

  status(timeoutMs = ANSWER_TIMEOUT_MS): Promise<WitnessStatus> {
    return this.#ask("status", timeoutMs);
  }

  /** Reads all records back from the disk and compares the memory pattern; see `records` and `pattern` of the answer. */
  verify(): Promise<WitnessStatus> {
    return this.#ask("verify", VERIFY_TIMEOUT_MS);
  }

  resetGap(): Promise<WitnessStatus> {
    return this.#ask("reset-gap", ANSWER_TIMEOUT_MS);
  }

  /** Dirties memory at `rateMiBps` over a working set of `wsMiB`; 0 stops. @throws Error when the guest has no memory for it. */
  dirty(rateMiBps: number, wsMiB: number): Promise<WitnessStatus> {
    return this.#ask(`dirty ${rateMiBps} ${wsMiB}`, ANSWER_TIMEOUT_MS);
  }

  /** Fills `mib` MiB of memory with a pattern that `verify` compares. @throws Error when the guest has no memory for it. */
  pattern(mib: number): Promise<WitnessStatus> {
    return this.#ask(`pattern ${mib}`, VERIFY_TIMEOUT_MS);
  }

  /**
   * Writes 64 KiB made of the seed to the disk of that serial, or compares them with what is there. @throws Error when the guest has no such disk,
   * or it holds something else.
   */
  plugged(serial: string, deed: "write" | "check", seed: number): Promise<WitnessStatus> {
    return this.#ask(`plugged ${serial} ${deed} ${seed}`, ANSWER_TIMEOUT_MS);
  }

  /**
   * Has the guest send a few datagrams here under an IPv4 address, or from a MAC address, that is not its own; returns how many came through.
   * A network that stops them gives 0.
   */
  async spoof(forged: { readonly address: string } | "mac"): Promise<number> {
    this.#spoofed = 0;
    await this.#ask(forged === "mac" ? "spoof-mac" : `spoof-address ${forged.address}`, ANSWER_TIMEOUT_MS);
    await sleep(REPEAT_MS);
    return this.#spoofed;
  }

  sync(): Promise<WitnessStatus> {
    return this.#ask("sync", ANSWER_TIMEOUT_MS);
  }

  /** Powers the guest off, or restarts it, from inside. There is no answer. */
  send(command: "poweroff" | "reboot"): Promise<void> {
    return this.#send(`${randomUUID()} ${command}`);
  }

  close(): void {
    this.#socket.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async #ask(command: string, timeoutMs: number): Promise<WitnessStatus> {
    const token = randomUUID();
    const { promise, resolve } = Promise.withResolvers<WitnessStatus>();
    this.#waiting.set(token, resolve);
    const deadline = performance.now() + timeoutMs;
    try {
      let answer: WitnessStatus | undefined;
      while (answer === undefined && performance.now() < deadline) {
        await this.#send(`${token} ${command}`);
        answer = await Promise.race([promise, sleep(REPEAT_MS, undefined)]);
      }
      return this.#accept(answer, command, timeoutMs);
    } finally {
      this.#waiting.delete(token);
    }
  }

  #accept(answer: WitnessStatus | undefined, command: string, timeoutMs: number): WitnessStatus {
    const question = `The witness at ${this.address} was asked "${command}"`;
    if (answer === undefined) throw new Error(`${question} and did not answer within ${timeoutMs} ms: is the guest running and reachable?`);
    if (answer.error !== null) throw new Error(`${question} and refused: ${answer.error}.`);
    return answer;
  }

  #send(text: string): Promise<void> {
    return new Promise((resolve) => this.#socket.send(text, WITNESS_PORT, this.address, () => resolve()));
  }

  #receive(message: Buffer): void {
    const { token, spoofed, ...status } = JSON.parse(message.toString("utf8")) as WitnessStatus & { token: string; spoofed?: true };
    if (spoofed) this.#spoofed += 1;
    this.#waiting.get(token)?.(status);
  }
}
