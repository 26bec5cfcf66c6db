import { type Codec, decode, encode } from "./codec.ts";
import { type WireError, wireError } from "./errors.ts";
import { type EventKind, type EventPayload, events } from "./events.ts";
import { encodePacket, messageStatuses, messageTypes, type Packet } from "./header.ts";
import { type ArgsOf, type ProcedureName, procedureName, procedures, type ResultOf } from "./procedures.ts";
import type { StreamOwner } from "./stream-packets.ts";

/**
 * The daemon's side of the protocol, from the same tables: what a stand-in for libvirtd needs in tests.
 * Stream data, holes and finish are the same on both sides (`stream-packets.ts`).
 */

/** A call as the daemon sees it; narrows by `name`. */
export type DecodedCall = { [N in ProcedureName]: StreamOwner & { readonly name: N; readonly args: ArgsOf<N> } }[ProcedureName];

/** A call that the tables do not know; a daemon answers it with error 39. */
export type UnknownCall = StreamOwner & { readonly name: undefined };

/** Decodes the arguments of a call. Undecodable arguments throw XdrError. */
export function decodeCall(packet: Packet): DecodedCall | UnknownCall {
  const { program, procedure, serial } = packet.header;
  const owner = { program, procedure, serial };
  const name = procedureName(program, procedure);
  if (!name) return { ...owner, name: undefined };
  const args: Codec<unknown> = procedures[name].args;
  return { ...owner, name, args: decode(args, packet.payload) } as DecodedCall;
}

/** The successful reply to a call. */
export function encodeReply<N extends ProcedureName>(call: { readonly name: N; readonly serial: number }, result: ResultOf<N>): Buffer {
  const { program, num, ret } = procedures[call.name];
  const header = { program, procedure: num, type: messageTypes.reply, serial: call.serial, status: messageStatuses.ok };
  return encodePacket(header, encode(ret as Codec<unknown>, result));
}

/** The failing reply to a call. Members that are left out are null, -1 or level 2 (error), as the daemon sends them. */
export function encodeError(call: StreamOwner, error: Partial<WireError> & { code: number }): Buffer {
  return errorPacket(call, messageTypes.reply, error);
}

/** The daemon breaks a stream off. */
export function encodeStreamError(owner: StreamOwner, error: Partial<WireError> & { code: number }): Buffer {
  return errorPacket(owner, messageTypes.stream, error);
}

/** An event message. Its serial is 1, as the daemon sends it. */
export function encodeEvent<K extends EventKind>(kind: K, payload: EventPayload<K>): Buffer {
  const { program, num, payload: codec } = events[kind];
  const header = { program, procedure: num, type: messageTypes.message, serial: 1, status: messageStatuses.ok };
  return encodePacket(header, encode(codec as Codec<unknown>, payload));
}

const blankError: Omit<WireError, "code"> = {
  domain: 0,
  message: null,
  level: 2,
  dom: null,
  str1: null,
  str2: null,
  str3: null,
  int1: -1,
  int2: -1,
  net: null,
};

function errorPacket(owner: StreamOwner, type: number, error: Partial<WireError> & { code: number }): Buffer {
  const { program, procedure, serial } = owner;
  const header = { program, procedure, serial, type, status: messageStatuses.error };
  return encodePacket(header, encode(wireError, { ...blankError, ...error }));
}
