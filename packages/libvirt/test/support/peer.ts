import { duplexPair } from "node:stream";
import { setImmediate } from "node:timers/promises";
import {
  type ConnectionOptions,
  type DecodedCall,
  decodeCall,
  decodePacket,
  encodeReply,
  LibvirtConnection,
  messageTypes,
  type Packet,
  PacketReader,
  type ProcedureName,
  type ResultOf,
  type UnknownCall,
} from "../../src/index.ts";

/** A daemon that does only what its test tells it, at the other end of an in-memory stream. */
export class ScriptedPeer {
  /** Everything that the client has sent, in order. */
  readonly packets: Packet[] = [];
  readonly client: LibvirtConnection;
  /** The client's side of the stream. */
  readonly clientSide: ReturnType<typeof duplexPair>[0];
  readonly side: ReturnType<typeof duplexPair>[1];

  constructor(options: ConnectionOptions = { keepalive: false }) {
    const [near, far] = duplexPair();
    this.clientSide = near;
    this.side = far;
    const reader = new PacketReader();
    far.on("data", (chunk: Buffer) => {
      for (const bytes of reader.push(chunk)) this.packets.push(decodePacket(bytes));
    });
    this.client = new LibvirtConnection(near, options);
  }

  /** The calls received so far. */
  get calls(): (DecodedCall | UnknownCall)[] {
    return this.packets.filter(({ header }) => header.type === messageTypes.call).map(decodeCall);
  }

  /** Waits until so many calls have arrived and returns the last of them. */
  async callNumber(count: number): Promise<DecodedCall | UnknownCall> {
    for (let turn = 0; turn < 1_000 && this.calls.length < count; turn++) await setImmediate();
    const call = this.calls[count - 1];
    if (!call) throw new Error(`only ${this.calls.length} calls arrived, wanted ${count}`);
    return call;
  }

  /** Waits until so many packets of a type have arrived and returns all of that type. */
  async packetsOf(type: number, count: number): Promise<Packet[]> {
    const found = (): Packet[] => this.packets.filter(({ header }) => header.type === type);
    for (let turn = 0; turn < 1_000 && found().length < count; turn++) await setImmediate();
    return found();
  }

  send(...bytes: readonly Buffer[]): void {
    this.side.write(Buffer.concat(bytes));
  }

  /** Answers a call that must be of the given name. */
  reply<N extends ProcedureName>(call: DecodedCall | UnknownCall, name: N, result: ResultOf<N>): void {
    if (call.name !== name) throw new Error(`the call is ${call.name}, wanted ${name}`);
    this.send(encodeReply({ name, serial: call.serial }, result));
  }
}

/** Lets everything that is due happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await setImmediate();
}
