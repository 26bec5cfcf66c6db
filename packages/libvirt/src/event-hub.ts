import { BoundedQueue } from "./bounded-queue.ts";
import { decode } from "./codec.ts";
import { type EventKind, eventKind, events, type LibvirtEvent } from "./events.ts";
import type { Packet } from "./header.ts";
import { XdrError } from "./xdr-error.ts";

/** Events of the wanted kinds, in the order in which libvirt sent them. Ends with ConnectionLostError when the connection ends. */
export type EventStream<K extends EventKind = EventKind> = BoundedQueue<LibvirtEvent<K>>;

/** How to subscribe. */
export interface SubscribeOptions {
  /** Most events kept for a slow reader; one more ends the stream with QueueOverflowError. Default 10 000. */
  readonly capacity?: number;
  /** Ends the stream with the signal's reason. */
  readonly signal?: AbortSignal;
}

const DEFAULT_CAPACITY = 10_000;

/**
 * Hands events to their subscribers. Each kind is registered with the daemon once, for all guests, by its first subscriber, and stays
 * registered as long as the connection: so no event can fall between two registrations or come twice.
 * Subscribers are attached before the registration is sent, because its first events may arrive before its reply.
 */
export class EventHub {
  readonly #register: (kind: EventKind) => Promise<unknown>;
  readonly #registered = new Map<EventKind, Promise<unknown>>();
  readonly #streams = new Map<EventKind, Set<BoundedQueue<LibvirtEvent>>>();

  constructor(register: (kind: EventKind) => Promise<unknown>) {
    this.#register = register;
  }

  /** Resolves when the daemon has confirmed every kind. Fails as a whole when it does not know one of them. */
  async subscribe<K extends EventKind>(
    kinds: readonly K[],
    { capacity = DEFAULT_CAPACITY, signal }: SubscribeOptions,
  ): Promise<EventStream<K>> {
    signal?.throwIfAborted();
    const stream = this.#attach(kinds, capacity, signal);
    try {
      await Promise.all(kinds.map((kind) => this.#registration(kind)));
    } catch (error) {
      stream.close();
      throw error;
    }
    return stream as unknown as EventStream<K>;
  }

  /** Delivers one message. Of a kind that nobody reads, or that is unknown, nothing is decoded. Never throws. */
  receive({ header, payload }: Packet): void {
    const kind = eventKind(header.program, header.procedure);
    const streams = kind && this.#streams.get(kind);
    if (!kind || !streams?.size) return;
    try {
      const event = { ...decode<object>(events[kind].payload, payload), kind } as LibvirtEvent;
      for (const stream of streams) stream.push(event);
    } catch (error) {
      const failure = new XdrError(`Cannot decode the event ${kind}: the stream ends here, subscribe again`, { cause: error });
      for (const stream of [...streams]) stream.end(failure);
    }
  }

  /** Ends all streams. */
  end(error: Error): void {
    for (const streams of this.#streams.values()) for (const stream of [...streams]) stream.end(error);
  }

  #attach(kinds: readonly EventKind[], capacity: number, signal: AbortSignal | undefined): BoundedQueue<LibvirtEvent> {
    const onAbort = (): void => stream.end(signal?.reason);
    const stream = new BoundedQueue<LibvirtEvent>(capacity, () => {
      signal?.removeEventListener("abort", onAbort);
      for (const kind of kinds) this.#streams.get(kind)?.delete(stream);
    });
    signal?.addEventListener("abort", onAbort, { once: true });
    for (const kind of kinds) this.#streamsOf(kind).add(stream);
    return stream;
  }

  #streamsOf(kind: EventKind): Set<BoundedQueue<LibvirtEvent>> {
    const streams = this.#streams.get(kind) ?? new Set();
    this.#streams.set(kind, streams);
    return streams;
  }

  #registration(kind: EventKind): Promise<unknown> {
    const known = this.#registered.get(kind);
    if (known) return known;
    const registration = this.#register(kind).catch((error: unknown) => {
      this.#registered.delete(kind);
      throw error;
    });
    this.#registered.set(kind, registration);
    return registration;
  }
}
