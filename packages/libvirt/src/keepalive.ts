/** How a dead peer is noticed. */
export interface KeepaliveOptions {
  /** Silence before a ping is sent, and between pings (ms). */
  readonly intervalMs: number;
  /** Pings in a row that may bring nothing before the peer counts as dead. */
  readonly count: number;
}

/** libvirt's own defaults for both directions: a dead peer is noticed after about 30 s. */
export const defaultKeepalive: KeepaliveOptions = { intervalMs: 5_000, count: 5 };

/**
 * Pings a silent peer, and reports it dead when `count` pings in a row brought no message at all.
 * It counts pings instead of reading the clock, so that a process that was itself stopped for a while does not blame the peer.
 */
export class Keepalive {
  readonly #options: KeepaliveOptions;
  readonly #ping: () => void;
  readonly #onDead: () => void;
  readonly #timer: NodeJS.Timeout;
  #heard = true;
  #unanswered = 0;
  #suspended = false;

  constructor(options: KeepaliveOptions, ping: () => void, onDead: () => void) {
    this.#options = options;
    this.#ping = ping;
    this.#onDead = onDead;
    this.#timer = setInterval(() => this.#tick(), options.intervalMs);
  }

  /** Any message of the peer proves that it lives. */
  heard(): void {
    this.#heard = true;
  }

  /** While reading is paused the peer cannot be heard: it is not judged. */
  suspend(suspended: boolean): void {
    this.#suspended = suspended;
    this.#heard = true;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    if (this.#suspended) return;
    if (this.#heard) {
      this.#heard = false;
      this.#unanswered = 0;
    } else if (this.#unanswered >= this.#options.count) this.#onDead();
    else {
      this.#unanswered++;
      this.#ping();
    }
  }
}
