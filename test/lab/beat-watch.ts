import { createSocket, type Socket } from "node:dgram";
import { WITNESS_PORT } from "./witness-client.ts";

/** What the beats of a guest told between `start` and `stop`, on this machine's clock. */
export interface BeatReport {
  readonly beats: number;
  /** Longest silence between two beats: the pause as the network saw it, to within a tick of 10 ms. */
  readonly maxGapMs: number;
  /** When the longest silence ended, on the clock of `performance.now()`. */
  readonly maxGapEndedAt: number;
  readonly firstCounter: number;
  readonly lastCounter: number;
  /** Beats that were counted in the guest and never arrived. */
  readonly lost: number;
  /** Beats whose number was not above the one before: the guest went back in time, or ran twice at once. */
  readonly regressions: number;
  /** Silences of 50 ms and more: milliseconds since the start of the watch, and length. */
  readonly gaps: readonly { readonly atMs: number; readonly gapMs: number }[];
}

const START_TIMEOUT_MS = 30_000;
const RENEW_MS = 1_000;
const LEASE_SECONDS = 10;
const NOTABLE_GAP_MS = 50;

/** Listens to a guest's beats (one per 10 ms) and measures its pauses from outside. */
export class BeatWatch {
  readonly #socket: Socket = createSocket({ type: "udp4", recvBufferSize: 1024 * 1024 });
  readonly #startedAt = performance.now();
  readonly #gaps: { atMs: number; gapMs: number }[] = [];
  readonly #renewal: NodeJS.Timeout;
  #lastAt = 0;
  #beats = 0;
  #maxGapMs = 0;
  #maxGapEndedAt = 0;
  #first = 0;
  #last = 0;
  #regressions = 0;

  private constructor(address: string) {
    const renew = (): void =>
      this.#socket.send(`watch-${process.pid}-${performance.now().toFixed(0)} watch ${LEASE_SECONDS}`, WITNESS_PORT, address);
    // While the guest is unreachable there is nothing but silence, which is what is measured.
    this.#socket.on("error", () => undefined);
    this.#socket.on("message", (message) => this.#receive(message));
    this.#renewal = setInterval(renew, RENEW_MS);
    renew();
  }

  /** Starts watching; returns with the first beat. @throws Error when none comes within 30 s. */
  static async start(address: string): Promise<BeatWatch> {
    const watch = new BeatWatch(address);
    const deadline = performance.now() + START_TIMEOUT_MS;
    while (watch.#beats === 0) {
      if (performance.now() > deadline) {
        watch.stop();
        throw new Error(`No beat from the guest at ${address} within ${START_TIMEOUT_MS} ms: is it running and reachable?`);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return watch;
  }

  /** Stops watching. A silence that still lasts counts. */
  stop(): BeatReport {
    clearInterval(this.#renewal);
    this.#socket.close();
    if (this.#beats > 0) this.#noteGap(performance.now());
    return {
      beats: this.#beats,
      maxGapMs: this.#maxGapMs,
      maxGapEndedAt: this.#maxGapEndedAt,
      firstCounter: this.#first,
      lastCounter: this.#last,
      lost: this.#last - this.#first + 1 - (this.#beats - this.#regressions),
      regressions: this.#regressions,
      gaps: this.#gaps,
    };
  }

  #receive(message: Buffer): void {
    const { beat } = JSON.parse(message.toString("utf8")) as { beat?: number };
    if (beat === undefined) return;
    const now = performance.now();
    if (this.#beats === 0) this.#first = beat;
    else this.#noteGap(now);
    if (this.#beats > 0 && beat <= this.#last) this.#regressions += 1;
    this.#last = Math.max(this.#last, beat);
    this.#lastAt = now;
    this.#beats += 1;
  }

  #noteGap(now: number): void {
    const gapMs = now - this.#lastAt;
    if (gapMs > this.#maxGapMs) {
      this.#maxGapMs = gapMs;
      this.#maxGapEndedAt = now;
    }
    if (gapMs >= NOTABLE_GAP_MS) this.#gaps.push({ atMs: this.#lastAt - this.#startedAt, gapMs });
  }
}
