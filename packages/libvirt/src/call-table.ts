import { decode } from "./codec.ts";
import { CallDeadlineError, ConnectionLostError, ProtocolError, toLibvirtError, wireError } from "./errors.ts";
import { encodePacket, messageStatuses, messageTypes, type Packet } from "./header.ts";
import type { Procedure } from "./procedure.ts";

/** Longest time that a timer of the runtime can wait (ms): 24.8 days. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** One call to make. */
export interface CallRequest {
  readonly name: string;
  readonly procedure: Procedure;
  /** Encoded arguments. */
  readonly payload: Buffer;
  /** From the request to the reply, waiting for a place included (ms). */
  readonly deadlineMs: number;
  readonly signal: AbortSignal | undefined;
  /** Runs just before the call is written, with its serial. */
  readonly onSend?: (serial: number) => void;
}

interface Entry extends CallRequest {
  readonly resolve: (payload: Buffer) => void;
  readonly reject: (error: unknown) => void;
  readonly cleanUp: () => void;
}

/** What the table needs from its connection. */
export interface CallWire {
  send(packet: Buffer): void;
  /** Ends the connection; `fail` follows from it. */
  drop(cause: Error): void;
}

/**
 * The calls of one connection: gives out serials, keeps at most `maxInFlight` calls on the wire, matches replies, watches deadlines.
 * A call that its caller has abandoned keeps its place until its reply comes, because the daemon goes on counting it.
 */
export class CallTable {
  readonly #wire: CallWire;
  readonly #maxInFlight: number;
  readonly #sent = new Map<number, Entry>();
  #queue: Entry[] = [];
  #lastSerial = 0;
  #lost: ConnectionLostError | undefined;

  constructor(wire: CallWire, maxInFlight: number) {
    this.#wire = wire;
    this.#maxInFlight = maxInFlight;
  }

  /** Makes a call and resolves with the payload of its reply. */
  start(request: CallRequest): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      request.signal?.throwIfAborted();
      if (this.#lost) throw new ConnectionLostError(`${request.name} was not sent: the connection has ended`, "unsent", this.#lost.cause);
      this.#queue.push(this.#entry(request, resolve, reject));
      this.#pump();
    });
  }

  /** Settles the call that a reply answers. A reply that answers nothing ends the connection. */
  settle({ header, payload }: Packet): void {
    const entry = this.#sent.get(header.serial);
    if (!entry || entry.procedure.num !== header.procedure || entry.procedure.program !== header.program) {
      throw new ProtocolError(`libvirt answered procedure ${header.procedure} with serial ${header.serial}, which was not asked`);
    }
    this.#sent.delete(header.serial);
    entry.cleanUp();
    if (header.status === messageStatuses.ok) entry.resolve(payload);
    else this.#refuse(entry, payload);
    this.#pump();
  }

  /** Rejects everything, once, and every later call. */
  fail(lost: ConnectionLostError): void {
    this.#lost = lost;
    for (const entry of this.#sent.values())
      this.#end(entry, new ConnectionLostError(`${entry.name}: ${lost.message}`, "unknown", lost.cause));
    for (const entry of this.#queue) this.#end(entry, new ConnectionLostError(`${entry.name}: ${lost.message}`, "unsent", lost.cause));
    this.#sent.clear();
    this.#queue = [];
  }

  #entry(request: CallRequest, resolve: Entry["resolve"], reject: Entry["reject"]): Entry {
    const timer = setTimeout(() => this.#expire(entry), Math.min(request.deadlineMs, TIMER_MAX_MS));
    const onAbort = (): void => this.#abandon(entry);
    const cleanUp = (): void => {
      clearTimeout(timer);
      request.signal?.removeEventListener("abort", onAbort);
    };
    const entry: Entry = { ...request, resolve, reject, cleanUp };
    request.signal?.addEventListener("abort", onAbort, { once: true });
    return entry;
  }

  #pump(): void {
    while (!this.#lost && this.#sent.size < this.#maxInFlight) {
      const entry = this.#queue.shift();
      if (!entry) return;
      const serial = this.#nextSerial();
      this.#sent.set(serial, entry);
      entry.onSend?.(serial);
      const { num, program } = entry.procedure;
      this.#wire.send(
        encodePacket({ program, procedure: num, type: messageTypes.call, serial, status: messageStatuses.ok }, entry.payload),
      );
    }
  }

  #nextSerial(): number {
    do this.#lastSerial = (this.#lastSerial % 0xffff_ffff) + 1;
    while (this.#sent.has(this.#lastSerial));
    return this.#lastSerial;
  }

  #refuse(entry: Entry, payload: Buffer): void {
    try {
      entry.reject(toLibvirtError(entry.name, decode(wireError, payload)));
    } catch (error) {
      entry.reject(error);
    }
  }

  #expire(entry: Entry): void {
    const queued = this.#unqueue(entry);
    const error = new CallDeadlineError(entry.name, entry.deadlineMs, queued ? "unsent" : "unknown");
    this.#end(entry, error);
    if (!queued) this.#wire.drop(error);
  }

  /** The caller has lost interest. A call on the wire cannot be taken back: its deadline stays and its place stays taken. */
  #abandon(entry: Entry): void {
    if (this.#unqueue(entry)) entry.cleanUp();
    entry.reject(entry.signal?.reason);
  }

  #unqueue(entry: Entry): boolean {
    const at = this.#queue.indexOf(entry);
    if (at >= 0) this.#queue.splice(at, 1);
    return at >= 0;
  }

  #end(entry: Entry, error: Error): void {
    entry.cleanUp();
    entry.reject(error);
  }
}
