import type { Duplex } from "node:stream";
import { CallTable } from "./call-table.ts";
import { type Codec, decode, encode, type InputOf } from "./codec.ts";
import { ConnectionLostError, ProtocolError } from "./errors.ts";
import { EventHub, type EventStream, type SubscribeOptions } from "./event-hub.ts";
import { type EventKind, eventRegistration, events } from "./events.ts";
import { PacketReader } from "./framing.ts";
import { decodePacket, keepaliveProcedures, messageTypes, type Packet, ping, pong, programs } from "./header.ts";
import { defaultKeepalive, Keepalive, type KeepaliveOptions } from "./keepalive.ts";
import { type ArgsOf, type ProcedureName, procedures, type ResultOf, type StreamProcedureName } from "./procedures.ts";
import { LibvirtStream, type StreamOptions, type StreamWire } from "./stream.ts";

/** How a connection behaves. */
export interface ConnectionOptions {
  /** Calls on the wire at once. The daemon stops reading at `max_client_requests`, 5 by default. Default 4. */
  readonly maxInFlight?: number;
  /** How a dead peer is noticed; `false` switches the client's pings off. Default 5 s × 5. */
  readonly keepalive?: KeepaliveOptions | false;
}

/** How to make one call. */
export interface CallOptions {
  /** Stops waiting: rejects with the signal's reason. The daemon goes on with a call that was sent. */
  readonly signal?: AbortSignal;
  /** Instead of the procedure's own deadline (ms). */
  readonly deadlineMs?: number;
}

/** Arguments after the name of a call: calls without arguments need none. */
export type CallInput<N extends ProcedureName, O> =
  ArgsOf<N> extends Record<string, never> ? [args?: Record<string, never>, options?: O] : [args: InputOf<ArgsOf<N>>, options?: O];

const DEFAULT_IN_FLIGHT = 4;

/**
 * One libvirt client connection over any byte stream. It knows nothing of SSH and does not log in: see `handshake.ts`.
 * Every call has a deadline; one that passes drops the connection, because the daemon still counts the call. When the byte stream ends
 * for any reason, all pending calls reject once, all streams end, and `closed` resolves. Nothing is thrown from the stream's listeners.
 */
export class LibvirtConnection {
  /** Resolves (never rejects) with the reason when the connection has ended. */
  readonly closed: Promise<ConnectionLostError>;
  readonly #duplex: Duplex;
  readonly #reader = new PacketReader();
  readonly #calls: CallTable;
  readonly #streams = new Map<number, LibvirtStream>();
  readonly #hub: EventHub;
  readonly #keepalive: Keepalive | undefined;
  readonly #resolveClosed: (reason: ConnectionLostError) => void;
  #drainWaiters: (() => void)[] = [];
  #lost: ConnectionLostError | undefined;

  constructor(duplex: Duplex, { maxInFlight = DEFAULT_IN_FLIGHT, keepalive = defaultKeepalive }: ConnectionOptions = {}) {
    const { promise, resolve } = Promise.withResolvers<ConnectionLostError>();
    this.closed = promise;
    this.#resolveClosed = resolve;
    this.#duplex = duplex;
    this.#calls = new CallTable(this.#wire, maxInFlight);
    this.#hub = new EventHub((kind) => this.#register(kind));
    this.#keepalive = keepalive === false ? undefined : this.#startKeepalive(keepalive);
    this.#listen();
  }

  /** Whether calls can still be made. */
  get isOpen(): boolean {
    return this.#lost === undefined;
  }

  /**
   * Makes a call. Rejects with LibvirtError (the daemon's answer), CallDeadlineError, ConnectionLostError, XdrError (arguments or
   * answer do not fit) or the signal's reason.
   */
  async call<N extends ProcedureName>(name: N, ...[args, options]: CallInput<N, CallOptions>): Promise<ResultOf<N>> {
    const payload = await this.#start(name, args, options);
    return decode(procedures[name].ret as Codec<ResultOf<N>>, payload);
  }

  /** Makes a call that is followed by stream data. Use a connection of its own: a slow reader stops the reading of all. */
  async openStream<N extends StreamProcedureName>(
    name: N,
    args: InputOf<ArgsOf<N>>,
    options: CallOptions & StreamOptions = {},
  ): Promise<LibvirtStream> {
    const opened: { stream?: LibvirtStream } = {};
    const onSend = (serial: number): void => {
      const owner = { program: procedures[name].program, procedure: procedures[name].num, serial };
      opened.stream = new LibvirtStream(name, owner, this.#wire, options);
      this.#streams.set(serial, opened.stream);
    };
    try {
      await this.#start(name, args, options, onSend);
    } catch (error) {
      opened.stream?.fail(error);
      throw error;
    }
    if (!opened.stream) throw new ProtocolError(`libvirt answered ${name} before it was sent`);
    return opened.stream;
  }

  /** Subscribes to events of all guests (pools, networks). Read the initial lists after this resolves: then nothing is missed. */
  subscribe<K extends EventKind>(kinds: readonly K[], options: SubscribeOptions = {}): Promise<EventStream<K>> {
    return this.#hub.subscribe(kinds, options);
  }

  /** Ends the connection; pending calls reject. May be called at any time and again. */
  close(): void {
    this.#end("the connection was closed on this side");
  }

  #start(name: ProcedureName, args: unknown, options: CallOptions = {}, onSend?: (serial: number) => void): Promise<Buffer> {
    const procedure = procedures[name];
    const payload = encode(procedure.args as Codec<unknown>, args ?? {});
    const deadlineMs = options.deadlineMs ?? procedure.deadlineMs;
    return this.#calls.start({ name, procedure, payload, deadlineMs, signal: options.signal, ...(onSend && { onSend }) });
  }

  #register(kind: EventKind): Promise<unknown> {
    const { id: eventId, source } = events[kind];
    if (source === "domain") return this.call(eventRegistration.domain.register, { eventId, dom: null });
    if (source === "pool") return this.call(eventRegistration.pool.register, { eventId, pool: null });
    return this.call(eventRegistration.network.register, { eventId, net: null });
  }

  #startKeepalive(options: KeepaliveOptions): Keepalive {
    const onDead = (): void => this.#end(`no message from libvirt for ${(options.count + 1) * options.intervalMs} ms, pings unanswered`);
    return new Keepalive(options, () => this.#duplex.write(ping), onDead);
  }

  #listen(): void {
    this.#duplex.on("data", (chunk: Buffer) => this.#take(chunk));
    this.#duplex.on("drain", () => this.#releaseDrainWaiters());
    this.#duplex.on("end", () => this.#end("libvirt closed the connection"));
    this.#duplex.on("close", () => this.#end("the transport was closed"));
    this.#duplex.on("error", (error) => this.#end("the transport failed", error));
  }

  #take(chunk: Buffer): void {
    if (this.#lost) return;
    this.#keepalive?.heard();
    try {
      for (const bytes of this.#reader.push(chunk)) this.#route(decodePacket(bytes));
    } catch (error) {
      this.#end("libvirt sent what the protocol does not allow", error);
    }
  }

  /** By type first: serials of events mean nothing, and stream packets repeat the serial of their call. */
  #route(packet: Packet): void {
    const { type, serial, program } = packet.header;
    if (this.#lost) return;
    if (program === programs.keepalive) this.#answerPing(packet);
    else if (type === messageTypes.reply) this.#calls.settle(packet);
    else if (type === messageTypes.stream || type === messageTypes.streamHole) this.#streams.get(serial)?.receive(packet);
    else if (type === messageTypes.message) this.#hub.receive(packet);
    else throw new ProtocolError(`libvirt sent a message of type ${type}, must be a reply, an event or stream data`);
  }

  #answerPing({ header }: Packet): void {
    if (header.procedure === keepaliveProcedures.ping) this.#duplex.write(pong);
  }

  #releaseDrainWaiters(): void {
    for (const release of this.#drainWaiters.splice(0)) release();
  }

  #end(why: string, cause?: unknown): void {
    if (this.#lost) return;
    this.#lost = new ConnectionLostError(why, "unknown", cause);
    this.#keepalive?.stop();
    this.#duplex.destroy();
    // ssh2 reports a channel's end only to one who reads.
    this.#duplex.resume();
    this.#calls.fail(this.#lost);
    for (const stream of [...this.#streams.values()]) stream.fail(this.#lost);
    this.#hub.end(this.#lost);
    this.#releaseDrainWaiters();
    this.#resolveClosed(this.#lost);
  }

  readonly #wire: StreamWire = {
    send: (packet) => this.isOpen && this.#duplex.write(packet),
    drained: () => new Promise((resolve) => (this.isOpen ? this.#drainWaiters.push(resolve) : resolve())),
    drop: (cause) => this.#end("a call missed its deadline", cause),
    forget: (serial) => this.#streams.delete(serial),
    pauseReading: (paused) => {
      this.#keepalive?.suspend(paused);
      if (paused) this.#duplex.pause();
      else this.#duplex.resume();
    },
  };
}
