import { int, optional, struct, type TypeOf, text } from "./codec.ts";
import { domain, network } from "./shapes.ts";

/** libvirt's error structure as it stands on the wire. `dom` and `net` are not used by any current daemon. */
export const wireError = struct({
  code: int,
  domain: int,
  message: optional(text),
  level: int,
  dom: optional(domain),
  str1: optional(text),
  str2: optional(text),
  str3: optional(text),
  int1: int,
  int2: int,
  net: optional(network),
});
export type WireError = TypeOf<typeof wireError>;

/** libvirt's error numbers (VIR_ERR_*) that decide something. Source: `libvirt/virterror.h`, release 9.0. */
export const errorCodes = {
  internalError: 1,
  noSupport: 3,
  noConnect: 5,
  invalidArg: 8,
  operationFailed: 9,
  xmlError: 27,
  domainExists: 28,
  operationDenied: 29,
  systemError: 38,
  rpc: 39,
  noDomain: 42,
  noNetwork: 43,
  authFailed: 45,
  noStoragePool: 49,
  noStorageVol: 50,
  operationInvalid: 55,
  noNwfilter: 62,
  noSecret: 66,
  configUnsupported: 67,
  operationTimeout: 68,
  migratePersistFailed: 69,
  argumentUnsupported: 74,
  operationAborted: 78,
  authCancelled: 79,
  migrateUnsafe: 81,
  operationUnsupported: 84,
  agentUnresponsive: 86,
  resourceBusy: 87,
  accessDenied: 88,
  storageVolExists: 90,
  cpuIncompatible: 91,
  migrateFinishOk: 93,
  authUnavailable: 94,
  noNwfilterBinding: 101,
} as const;

/** Parts of libvirt that raise errors (VIR_FROM_*), as far as they matter. */
export const errorDomains = { rpc: 7, qemu: 10, storage: 18, domain: 20, streams: 38, libxl: 41 } as const;

/** libvirt answered with an error. Decide by `code` (a number of `errorCodes`), never by the text. */
export class LibvirtError extends Error {
  override readonly name: string = "LibvirtError";
  /** The call that failed. */
  readonly procedure: string;
  readonly code: number;
  /** Part of libvirt that failed, see `errorDomains`. */
  readonly domain: number;
  /** 1 warning, 2 error. */
  readonly level: number;
  /** Format of the message. */
  readonly str1: string | null;
  /** Mostly the bare detail of the message. */
  readonly str2: string | null;
  readonly str3: string | null;
  /** errno for code 38. */
  readonly int1: number;
  readonly int2: number;

  constructor(procedure: string, wire: WireError) {
    super(wire.message ?? `libvirt error ${wire.code} without a text`);
    this.procedure = procedure;
    this.code = wire.code;
    this.domain = wire.domain;
    this.level = wire.level;
    this.str1 = wire.str1;
    this.str2 = wire.str2;
    this.str3 = wire.str3;
    this.int1 = wire.int1;
    this.int2 = wire.int2;
  }
}

/** The daemon does not know the call (39) or its driver lacks it (3). Connection and daemon are well. */
export class UnsupportedCallError extends LibvirtError {
  override readonly name = "UnsupportedCallError";
}

/** The error class that fits a wire error. */
export function toLibvirtError(procedure: string, wire: WireError): LibvirtError {
  const unsupported = wire.code === errorCodes.rpc || wire.code === errorCodes.noSupport;
  return unsupported ? new UnsupportedCallError(procedure, wire) : new LibvirtError(procedure, wire);
}

/** What is known of a call that ended without an answer: `unsent` never reached the wire; of `unknown` libvirt may have done all or nothing. */
export type CallFate = "unsent" | "unknown";

/**
 * The connection ended before the answer. With fate `unknown` assume the worst: the daemon may have executed the call, may be executing it
 * still, or may never do so. Ask again over a new connection.
 */
export class ConnectionLostError extends Error {
  override readonly name = "ConnectionLostError";
  readonly fate: CallFate;

  constructor(sentence: string, fate: CallFate, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause });
    this.fate = fate;
  }
}

/**
 * No answer within the deadline. With fate `unknown` the connection was dropped as well, because the call still holds one of the few
 * places that the daemon grants to a connection.
 */
export class CallDeadlineError extends Error {
  override readonly name = "CallDeadlineError";
  readonly procedure: string;
  readonly deadlineMs: number;
  readonly fate: CallFate;

  constructor(procedure: string, deadlineMs: number, fate: CallFate) {
    const why =
      fate === "unsent"
        ? "it waited for earlier calls on this connection; use a connection of its own"
        : "connection dropped; ask for the state again";
    super(`${procedure} got no answer within ${deadlineMs} ms: ${why}`);
    this.procedure = procedure;
    this.deadlineMs = deadlineMs;
    this.fate = fate;
  }
}

/** The daemon sent something that the protocol does not allow. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}

function hasCode(error: unknown, ...codes: readonly number[]): boolean {
  return error instanceof LibvirtError && codes.includes(error.code);
}

/** No guest with that name or uuid; also said of a guest that has just ended. */
export const isNoDomain = (error: unknown): boolean => hasCode(error, errorCodes.noDomain);
/** The guest, pool, volume, network, filter, binding or secret does not exist. */
export const isNotFound = (error: unknown): boolean =>
  hasCode(
    error,
    errorCodes.noDomain,
    errorCodes.noNetwork,
    errorCodes.noStoragePool,
    errorCodes.noStorageVol,
    errorCodes.noNwfilter,
    errorCodes.noNwfilterBinding,
    errorCodes.noSecret,
  );
/** Not possible in the present state: not running, no job active, not being migrated. */
export const isOperationInvalid = (error: unknown): boolean => hasCode(error, errorCodes.operationInvalid);
/** The job was cancelled on request. */
export const isAborted = (error: unknown): boolean => hasCode(error, errorCodes.operationAborted);
/** The guest was busy for 30 s. */
export const isBusy = (error: unknown): boolean => hasCode(error, errorCodes.operationTimeout, errorCodes.resourceBusy);
/** A volume of that name exists already. */
export const isVolumeExists = (error: unknown): boolean => hasCode(error, errorCodes.storageVolExists);
/** The daemon or its driver does not know the call. */
export const isUnsupported = (error: unknown): boolean => error instanceof UnsupportedCallError;
/** The expected answer of Finish when the migration was cancelled. */
export const isFinishOk = (error: unknown): boolean => hasCode(error, errorCodes.migrateFinishOk);
/** The user may not do that: polkit, ACL or a read-only connection. */
export const isDenied = (error: unknown): boolean =>
  hasCode(
    error,
    errorCodes.operationDenied,
    errorCodes.accessDenied,
    errorCodes.authFailed,
    errorCodes.authCancelled,
    errorCodes.authUnavailable,
  );
/** The answer may never come: nothing is known of what libvirt did. */
export const isFateUnknown = (error: unknown): boolean =>
  (error instanceof ConnectionLostError || error instanceof CallDeadlineError) && error.fate === "unknown";
