import { decode } from "./codec.ts";
import { deadlines } from "./deadlines.ts";
import { CallDeadlineError, toLibvirtError, wireError } from "./errors.ts";
import { messageStatuses, messageTypes, type Packet } from "./header.ts";
import { STREAM_CHUNK_MAX } from "./limits.ts";
import {
  decodeStreamHole,
  encodeStreamAbort,
  encodeStreamData,
  encodeStreamFinish,
  encodeStreamHole,
  isHole,
  type StreamHole,
  type StreamOwner,
  type StreamPart,
} from "./stream-packets.ts";

/** What a stream needs from its connection. */
export interface StreamWire {
  /** Writes a packet; false when the transport wants a pause. */
  send(packet: Buffer): boolean;
  /** Resolves when the transport takes more, or when the connection ends. */
  drained(): Promise<void>;
  /** Stops or resumes reading of the whole connection. */
  pauseReading(paused: boolean): void;
  drop(cause: Error): void;
  /** The stream is over: route nothing to it any more. */
  forget(serial: number): void;
}

/** How to run a stream. */
export interface StreamOptions {
  /** Breaks the stream off; what is going on rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Longest silence of the daemon while the stream waits for it (ms); then the connection is dropped. Default 5 minutes. */
  readonly idleMs?: number;
}

const DEFAULT_IDLE_MS = 300_000;
/** Received bytes that may wait for a slow reader before the connection stops reading, and those at which it goes on. */
const INBOX_HIGH = 4 * 1024 * 1024;
const INBOX_LOW = 1024 * 1024;

/**
 * Stream data of one call, in either direction. Ends in exactly one of: finished (the daemon confirmed), failed, aborted.
 * A slow reader stops the reading of the whole connection, so give each stream a connection of its own.
 */
export class LibvirtStream {
  readonly #name: string;
  readonly #owner: StreamOwner;
  readonly #wire: StreamWire;
  readonly #idleMs: number;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => this.#interrupt(this.#signal?.reason);
  #inbox: StreamPart[] = [];
  #inboxBytes = 0;
  #paused = false;
  /** The daemon has sent its last data packet. */
  #endOfData = false;
  /** The daemon has confirmed a finish or an abort, or broke the stream off, or the connection is gone. */
  #over = false;
  #failure: { readonly error: unknown } | undefined;
  readonly #wakers = new Set<() => void>();

  constructor(name: string, owner: StreamOwner, wire: StreamWire, options: StreamOptions) {
    this.#name = name;
    this.#owner = owner;
    this.#wire = wire;
    this.#idleMs = options.idleMs ?? DEFAULT_IDLE_MS;
    this.#signal = options.signal;
    this.#signal?.addEventListener("abort", this.#onAbort, { once: true });
  }

  /** Takes one packet of the daemon. One that cannot be decoded fails the stream; nothing is thrown. */
  receive(packet: Packet): void {
    try {
      this.#take(packet);
    } catch (error) {
      this.fail(error);
    }
    this.#notify();
  }

  #take({ header, payload }: Packet): void {
    if (header.status === messageStatuses.error) this.fail(toLibvirtError(this.#name, decode(wireError, payload)));
    else if (header.status === messageStatuses.ok) this.#end();
    else if (header.type === messageTypes.streamHole) this.#enqueue(decodeStreamHole(payload), 0);
    else if (payload.length === 0) this.#endOfData = true;
    else this.#enqueue(payload, payload.length);
  }

  /** The daemon or the connection ended the stream. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#end();
    this.#notify();
  }

  /** What the daemon sends, to its end. Leaving the loop early aborts the stream. */
  async *parts(): AsyncGenerator<StreamPart, void> {
    try {
      for (let part = await this.#nextPart(); part !== undefined; part = await this.#nextPart()) yield part;
      await this.finish();
    } finally {
      await this.abort();
    }
  }

  /** Sends data (cut into packets that every daemon takes) or a hole, and waits while the transport is full. */
  async send(part: Uint8Array | StreamHole): Promise<void> {
    if (isHole(part)) return this.#write(encodeStreamHole(this.#owner, part.hole));
    for (let at = 0; at < part.length; at += STREAM_CHUNK_MAX) {
      await this.#write(encodeStreamData(this.#owner, part.subarray(at, at + STREAM_CHUNK_MAX)));
    }
  }

  /** Sends all of a source and finishes. When either side fails, the source is closed and the stream aborted. */
  async sendAll(source: AsyncIterable<Uint8Array | StreamHole> | Iterable<Uint8Array | StreamHole>): Promise<void> {
    const parts = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
    try {
      for (let part = await this.#pull(parts); part !== undefined; part = await this.#pull(parts)) await this.send(part);
      await this.finish();
    } catch (error) {
      void Promise.allSettled([parts.return?.()]);
      await this.abort();
      throw error;
    }
  }

  /** The next part of a source, or a rejection as soon as the stream cannot go on, however long the source takes. */
  async #pull(
    parts: AsyncIterator<Uint8Array | StreamHole> | Iterator<Uint8Array | StreamHole>,
  ): Promise<Uint8Array | StreamHole | undefined> {
    const next = await Promise.race([parts.next(), this.#broken()]);
    this.#throwIfFailed();
    return next === undefined || next.done ? undefined : next.value;
  }

  async #broken(): Promise<undefined> {
    while (!this.#failure && !this.#over) await this.#change();
  }

  /** Tells the daemon that all is done and waits until it confirms. */
  async finish(): Promise<void> {
    this.#throwIfFailed();
    if (!this.#over) this.#wire.send(encodeStreamFinish(this.#owner));
    while (!this.#over) {
      await this.#change(this.#idleMs);
      this.#throwIfFailed();
    }
    this.#throwIfFailed();
  }

  /** Breaks the stream off and waits until the daemon has let go. Nothing happens when the stream is over. */
  async abort(): Promise<void> {
    this.#discardInbox();
    if (this.#over) return;
    this.#wire.send(encodeStreamAbort(this.#owner));
    while (!this.#over) {
      await this.#change(Math.min(this.#idleMs, deadlines.ordinary));
      this.#discardInbox();
    }
  }

  async #nextPart(): Promise<StreamPart | undefined> {
    for (;;) {
      this.#throwIfFailed();
      const part = this.#inbox.shift();
      if (part !== undefined) return this.#taken(part);
      if (this.#endOfData || this.#over) return undefined;
      await this.#change(this.#idleMs);
    }
  }

  #taken(part: StreamPart): StreamPart {
    if (!isHole(part)) this.#inboxBytes -= part.length;
    if (this.#paused && this.#inboxBytes < INBOX_LOW) this.#pause(false);
    return part;
  }

  #enqueue(part: StreamPart, bytes: number): void {
    this.#inbox.push(part);
    this.#inboxBytes += bytes;
    if (!this.#paused && this.#inboxBytes > INBOX_HIGH) this.#pause(true);
  }

  #discardInbox(): void {
    this.#inbox = [];
    this.#inboxBytes = 0;
    if (this.#paused) this.#pause(false);
  }

  #pause(paused: boolean): void {
    this.#paused = paused;
    this.#wire.pauseReading(paused);
  }

  async #write(packet: Buffer): Promise<void> {
    this.#throwIfFailed();
    if (!this.#wire.send(packet)) await this.#drained();
    this.#throwIfFailed();
  }

  async #drained(): Promise<void> {
    let drained = false;
    void this.#wire.drained().then(() => {
      drained = true;
      this.#notify();
    });
    while (!drained && !this.#failure && !this.#over) await this.#change(this.#idleMs);
  }

  #interrupt(reason: unknown): void {
    this.#failure ??= { error: reason };
    this.#notify();
  }

  #throwIfFailed(): void {
    if (this.#failure) throw this.#failure.error;
  }

  #end(): void {
    this.#over = true;
    this.#signal?.removeEventListener("abort", this.#onAbort);
    this.#wire.forget(this.#owner.serial);
  }

  /** Resolves when anything has changed. With a limit, a silence as long as that ends the stream and its connection. */
  async #change(idleMs?: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wakers.add(resolve);
    const timer = idleMs === undefined ? undefined : setTimeout(() => this.#stall(idleMs), idleMs);
    await promise;
    clearTimeout(timer);
  }

  #stall(idleMs: number): void {
    const error = new CallDeadlineError(this.#name, idleMs, "unknown");
    this.fail(error);
    this.#wire.drop(error);
  }

  #notify(): void {
    const wakers = [...this.#wakers];
    this.#wakers.clear();
    for (const wake of wakers) wake();
  }
}
