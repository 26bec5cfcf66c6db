import {
  decodeStreamHole,
  encodeStreamData,
  encodeStreamError,
  encodeStreamFinish,
  encodeStreamHole,
  errorCodes,
  errorDomains,
  messageStatuses,
  messageTypes,
  type Packet,
  type StreamOwner,
} from "@ferry/libvirt";
import { Refusal } from "./refusal.ts";

/** Where stream packets go. */
export interface StreamWire {
  send(packet: Buffer): void;
  surprise(sentence: string): void;
}

/** One direction of volume content after a call's reply. */
export interface ClientStream {
  /** The reply was sent: data may flow. */
  begin(): void;
  receive(packet: Packet): void;
  /** The connection is gone. */
  end(): void;
}

const CHUNK_BYTES = 262_120;

/** Sends a file's content, then its hole, then an empty packet, and confirms the client's finish or abort. */
export class DownloadStream implements ClientStream {
  readonly #owner: StreamOwner;
  readonly #wire: StreamWire;
  readonly #holeBytes: number;
  #content: Buffer;

  constructor(owner: StreamOwner, wire: StreamWire, content: Buffer, holeBytes = 0) {
    this.#holeBytes = holeBytes;
    this.#owner = owner;
    this.#wire = wire;
    this.#content = content;
  }

  begin(): void {
    for (let at = 0; at < this.#content.length; at += CHUNK_BYTES)
      this.#wire.send(encodeStreamData(this.#owner, this.#content.subarray(at, at + CHUNK_BYTES)));
    if (this.#holeBytes > 0) this.#wire.send(encodeStreamHole(this.#owner, BigInt(this.#holeBytes)));
    this.#wire.send(encodeStreamData(this.#owner, Buffer.alloc(0)));
  }

  receive(packet: Packet): void {
    if (packet.header.status === messageStatuses.continue) this.#wire.surprise("data sent into a download");
    this.#wire.send(encodeStreamFinish(this.#owner));
  }

  end(): void {
    this.#content = Buffer.alloc(0);
  }
}

/** Takes content piece by piece. */
export class UploadStream implements ClientStream {
  readonly #owner: StreamOwner;
  readonly #wire: StreamWire;
  readonly #write: (data: Buffer) => void;
  readonly #onHole: ((bytes: number) => void) | null;
  #broken = false;

  /** `write` may throw a `Refusal`: the stream is then broken off. Without `onHole` a hole is a surprise. */
  constructor(owner: StreamOwner, wire: StreamWire, write: (data: Buffer) => void, onHole: ((bytes: number) => void) | null = null) {
    this.#onHole = onHole;
    this.#owner = owner;
    this.#wire = wire;
    this.#write = write;
  }

  begin(): void {
    this.#broken = false;
  }

  receive({ header, payload }: Packet): void {
    if (this.#broken) return;
    if (header.type === messageTypes.streamHole) {
      if (this.#onHole) this.#onHole(Number(decodeStreamHole(payload).hole));
      else this.#wire.surprise("a hole in an upload that was not announced as sparse");
      return;
    }
    if (header.status !== messageStatuses.continue) this.#wire.send(encodeStreamFinish(this.#owner));
    else this.#store(payload);
  }

  end(): void {
    this.#broken = true;
  }

  #store(payload: Buffer): void {
    try {
      this.#write(Buffer.from(payload));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#broken = true;
      const wire = { code: errorCodes.systemError, domain: errorDomains.streams, message: error.message, int1: 28 };
      this.#wire.send(encodeStreamError(this.#owner, wire));
    }
  }
}
