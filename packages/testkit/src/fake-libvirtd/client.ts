import type { Duplex } from "node:stream";
import {
  type DecodedCall,
  decodeCall,
  decodePacket,
  type EventKind,
  type EventPayload,
  encodeError,
  encodeEvent,
  encodeReply,
  errorCodes,
  errorDomains,
  keepaliveProcedures,
  messageTypes,
  type Packet,
  PacketReader,
  type ProcedureName,
  pong,
  programs,
  type ResultOf,
} from "@ferry/libvirt";
import type { Fault } from "./call-faults.ts";
import type { ClientStream } from "./client-stream.ts";
import type { FakeDaemon } from "./daemon.ts";
import { DaemonDied, Refusal, Surprise } from "./refusal.ts";
import { Tenancy } from "./tenancy.ts";

/** libvirtd's `max_client_requests`: with this many calls outstanding a client is not read any more. */
const MAX_OUTSTANDING = 5;

/** One client's connection, seen from the daemon. */
export class FakeClient {
  readonly daemon: FakeDaemon;
  readonly tenancy = new Tenancy();
  /** Callback id of each kind of event that the client has asked for. */
  readonly callbacks = new Map<EventKind, number>();
  opened = false;
  readonly #duplex: Duplex;
  readonly #reader = new PacketReader();
  readonly #streams = new Map<number, ClientStream>();
  readonly #onGone: () => void;
  readonly #waiting: Packet[] = [];
  #outstanding = 0;
  #over = false;

  constructor(daemon: FakeDaemon, duplex: Duplex, onGone: () => void) {
    this.daemon = daemon;
    this.#duplex = duplex;
    this.#onGone = onGone;
    duplex.on("data", (chunk: Buffer) => this.#take(chunk));
    duplex.on("end", () => this.drop());
    duplex.on("close", () => this.drop());
    duplex.on("error", () => this.drop());
  }

  sendEvent<K extends EventKind>(kind: K, payload: Omit<EventPayload<K>, "callbackId">): void {
    const callbackId = this.callbacks.get(kind);
    if (callbackId !== undefined) this.send(encodeEvent(kind, { callbackId, ...payload } as EventPayload<K>));
  }

  send(packet: Buffer): void {
    if (!this.#over) this.#duplex.write(packet);
  }

  /** The connection has ended: the daemon cleans up after the client. */
  drop(): void {
    if (this.#over) return;
    this.#end();
    this.tenancy.end();
  }

  /** The daemon has died: the connection ends and nobody cleans up. */
  vanish(): void {
    if (this.#over) return;
    this.tenancy.forget();
    this.#end();
  }

  #end(): void {
    this.#over = true;
    for (const stream of this.#streams.values()) stream.end();
    this.#onGone();
    this.#duplex.destroy();
  }

  #take(chunk: Buffer): void {
    for (const bytes of this.#reader.push(chunk)) this.#route(decodePacket(bytes));
  }

  #route(packet: Packet): void {
    const { program, procedure, type, serial } = packet.header;
    if (program === programs.keepalive) {
      if (procedure === keepaliveProcedures.ping) this.send(pong);
    } else if (type === messageTypes.stream || type === messageTypes.streamHole) {
      this.#streams.get(serial)?.receive(packet);
    } else {
      this.#waiting.push(packet);
      this.#next();
    }
  }

  #next(): void {
    while (this.#outstanding < MAX_OUTSTANDING) {
      const packet = this.#waiting.shift();
      if (!packet) return;
      this.#outstanding++;
      void this.#answer(packet).finally(() => {
        this.#outstanding--;
        this.#next();
      });
    }
  }

  async #answer(packet: Packet): Promise<void> {
    const call = decodeCall(packet);
    try {
      if (call.name === undefined) throw new Surprise(`unknown procedure ${call.program}:${call.procedure}`);
      const fault = await this.daemon.host.faults.meet(call.name);
      this.#meetBefore(fault);
      const result = await this.#perform(call);
      if (fault?.kind === "hook") fault.after?.();
      if (fault?.kind === "lose-answer") this.drop();
      else this.send(encodeReply(call, result));
      this.#streams.get(call.serial)?.begin();
    } catch (error) {
      this.#answerError(call, error);
    }
  }

  #meetBefore(fault: Fault | null): void {
    if (fault?.kind === "refuse") throw new Refusal(fault.code, fault.message);
    if (fault?.kind !== "lose-call") return;
    this.drop();
    throw new DaemonDied();
  }

  async #perform(call: DecodedCall): Promise<ResultOf<ProcedureName>> {
    const { host, answers } = this.daemon;
    await host.datacentre.pace.settle();
    if (this.#over) throw new DaemonDied();
    const answer = answers[call.name] as ((args: unknown, client: FakeClient, call: DecodedCall) => unknown) | undefined;
    if (!answer) throw new Surprise(`the fake libvirtd does not know ${call.name}`);
    if (!this.opened && !beforeOpen.has(call.name)) throw new Refusal("internalError", "hypervisor connection not open", "rpc");
    return (await answer(call.args, this, call)) as ResultOf<ProcedureName>;
  }

  /** Attaches the stream that follows a call's reply. */
  openStream(call: DecodedCall, stream: ClientStream): void {
    this.#streams.set(call.serial, stream);
  }

  #answerError(call: { program: number; procedure: number; serial: number; name?: string | undefined }, error: unknown): void {
    this.#streams.delete(call.serial);
    if (error instanceof DaemonDied) return;
    if (error instanceof Refusal) {
      this.send(encodeError(call, { code: error.code, domain: error.domain, message: error.message }));
      return;
    }
    const { host } = this.daemon;
    host.datacentre.journal.surprise(
      `${host.name}: ${call.name ?? "?"}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    this.send(encodeError(call, { code: errorCodes.noSupport, domain: errorDomains.qemu, message: "the fake does not support this" }));
  }
}

const beforeOpen: ReadonlySet<string> = new Set(["authList", "authPolkit", "connectOpen", "connectClose", "connectSupportsFeature"]);
