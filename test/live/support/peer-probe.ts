import { createSocket, type Socket } from "node:dgram";

/** What a peer got back between `start` and `stop`. */
export interface ProbeReport {
  readonly asked: number;
  readonly answered: number;
  /** Longest time without an answer, on this machine's clock. */
  readonly maxGapMs: number;
}

/** Where a peer knocks, and the address of its own that it knocks from. */
export interface ProbeTarget {
  readonly address: string;
  readonly port: number;
  readonly from: string;
}

const EVERY_MS = 10;

/**
 * A peer on the guest's network that says nothing unless it is answered: it asks the guest's witness every 10 ms. Unlike the witness's own beats
 * that shows whether the network still finds the guest. A refusal ("nothing listens there") is an answer as well: no filter was in the way.
 */
export class PeerProbe {
  readonly #socket: Socket = createSocket("udp4");
  readonly #name = `probe-${process.pid}-${performance.now().toFixed(0)}`;
  #timer: NodeJS.Timeout | null = null;
  #asked = 0;
  #answered = 0;
  #lastAt = performance.now();
  #maxGapMs = 0;

  private constructor() {
    this.#socket.on("message", () => this.#hear());
    this.#socket.on("error", () => this.#hear());
  }

  static async start({ address, port, from }: ProbeTarget): Promise<PeerProbe> {
    const probe = new PeerProbe();
    await new Promise<void>((resolve) => probe.#socket.bind(0, from, resolve));
    await new Promise<void>((resolve) => probe.#socket.connect(port, address, resolve));
    probe.#lastAt = performance.now();
    probe.#timer = setInterval(() => probe.#ask(), EVERY_MS);
    return probe;
  }

  /** How many answers there were up to now. */
  get answered(): number {
    return this.#answered;
  }

  stop(): ProbeReport {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.#socket.close();
    const maxGapMs = Math.max(this.#maxGapMs, performance.now() - this.#lastAt);
    return { asked: this.#asked, answered: this.#answered, maxGapMs: Math.round(maxGapMs) };
  }

  #ask(): void {
    this.#asked += 1;
    // A refusal that arrived meanwhile is told by the next send: it counts above or here, and the asking goes on.
    this.#socket.send(`${this.#name}-${this.#asked} status`, (error) => {
      if (error) this.#hear();
    });
  }

  #hear(): void {
    const now = performance.now();
    this.#answered += 1;
    this.#maxGapMs = Math.max(this.#maxGapMs, now - this.#lastAt);
    this.#lastAt = now;
  }
}
