import { HEADER_BYTES, MESSAGE_MAX } from "./limits.ts";
import { XdrError } from "./xdr-error.ts";

/** Programs that share one connection. Each has protocol version 1. */
export const programs = { remote: 0x2000_8086, qemu: 0x2000_8087, keepalive: 0x6b65_6570 } as const;

/** What a message is. Types 4 and 5 carry file descriptors and exist on local sockets only; they are never used here. */
export const messageTypes = { call: 0, reply: 1, message: 2, stream: 3, callWithFds: 4, replyWithFds: 5, streamHole: 6 } as const;

/** Outcome of a call, or position in a stream: `ok` also finishes a stream, `error` also aborts one. */
export const messageStatuses = { ok: 0, error: 1, continue: 2 } as const;

const PROTOCOL_VERSION = 1;

/** The 24 bytes between a message's length word and its payload. */
export interface Header {
  readonly program: number;
  readonly version: number;
  /** Number of the procedure within its program; for events the number of the message. */
  readonly procedure: number;
  /** One of `messageTypes`. */
  readonly type: number;
  /** Chosen by the client for each call; repeated by replies and stream packets. Events carry a meaningless value. */
  readonly serial: number;
  /** One of `messageStatuses`. */
  readonly status: number;
}

/** A whole message. The payload is a view of the received bytes. */
export interface Packet {
  readonly header: Header;
  readonly payload: Buffer;
}

/** Splits a message as the framing yields it (length word included) into header and payload. */
export function decodePacket(bytes: Buffer): Packet {
  if (bytes.length < HEADER_BYTES) throw new XdrError(`Cannot decode header: ${bytes.length} bytes, must be at least ${HEADER_BYTES}`);
  const header: Header = {
    program: bytes.readUInt32BE(4),
    version: bytes.readUInt32BE(8),
    procedure: bytes.readInt32BE(12),
    type: bytes.readInt32BE(16),
    serial: bytes.readUInt32BE(20),
    status: bytes.readInt32BE(24),
  };
  return { header, payload: bytes.subarray(HEADER_BYTES) };
}

/** A whole message as bytes. The protocol version is always 1. */
export function encodePacket(header: Omit<Header, "version">, payload: Uint8Array = new Uint8Array(0)): Buffer {
  const length = HEADER_BYTES + payload.length;
  if (length > MESSAGE_MAX) throw new XdrError(`Cannot send a message of ${length} bytes: must be at most ${MESSAGE_MAX}`);
  const bytes = Buffer.allocUnsafe(length);
  bytes.writeUInt32BE(length, 0);
  bytes.writeUInt32BE(header.program, 4);
  bytes.writeUInt32BE(PROTOCOL_VERSION, 8);
  bytes.writeInt32BE(header.procedure, 12);
  bytes.writeInt32BE(header.type, 16);
  bytes.writeUInt32BE(header.serial, 20);
  bytes.writeInt32BE(header.status, 24);
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

/** Keepalive question; the other side answers with a pong at once. */
export const ping: Buffer = keepaliveMessage(1);
/** Keepalive answer. */
export const pong: Buffer = keepaliveMessage(2);
/** Procedure numbers of the keepalive program. */
export const keepaliveProcedures = { ping: 1, pong: 2 } as const;

function keepaliveMessage(procedure: number): Buffer {
  const { keepalive } = programs;
  return encodePacket({ program: keepalive, procedure, type: messageTypes.message, serial: 0, status: messageStatuses.ok });
}
