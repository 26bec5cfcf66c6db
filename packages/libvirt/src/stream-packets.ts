import { decode, encode } from "./codec.ts";
import { encodePacket, type Header, messageStatuses, messageTypes } from "./header.ts";
import { streamHole } from "./procedures.ts";

/** A stretch of zeros in a sparse stream; `hole` is its length in bytes. */
export interface StreamHole {
  readonly hole: bigint;
}

/** What a stream carries. Holes only appear when the sparse flag was given. */
export type StreamPart = Buffer | StreamHole;

/** Tells a hole from data. */
export function isHole(part: Uint8Array | StreamHole): part is StreamHole {
  return !(part instanceof Uint8Array);
}

/** The call that a stream belongs to: its packets repeat these three numbers. */
export type StreamOwner = Pick<Header, "program" | "procedure" | "serial">;

/** Raw bytes. An empty packet means "end of data" and only the daemon sends it. */
export function encodeStreamData(owner: StreamOwner, data: Uint8Array): Buffer {
  return streamPacket(owner, messageStatuses.continue, data);
}

/** A stretch of zeros of `length` bytes. */
export function encodeStreamHole(owner: StreamOwner, length: bigint): Buffer {
  const header = { ...numbersOf(owner), type: messageTypes.streamHole, status: messageStatuses.continue };
  return encodePacket(header, encode(streamHole, { length, flags: 0 }));
}

/** What `encodeStreamHole` has put into a packet's payload. */
export function decodeStreamHole(payload: Buffer): StreamHole {
  return { hole: decode(streamHole, payload).length };
}

/** From the client: all was sent or received, please confirm. From the daemon: confirmed (also the answer to an abort). */
export function encodeStreamFinish(owner: StreamOwner): Buffer {
  return streamPacket(owner, messageStatuses.ok);
}

/** From the client: give up. */
export function encodeStreamAbort(owner: StreamOwner): Buffer {
  return streamPacket(owner, messageStatuses.error);
}

function streamPacket(owner: StreamOwner, status: number, payload?: Uint8Array): Buffer {
  return encodePacket({ ...numbersOf(owner), type: messageTypes.stream, status }, payload);
}

function numbersOf({ program, procedure, serial }: StreamOwner): StreamOwner {
  return { program, procedure, serial };
}
