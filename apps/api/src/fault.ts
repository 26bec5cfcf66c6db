import { type ErrorKind, type FerryError, fail, isFerryError } from "@ferry/core";

/** The only place that knows the HTTP status of an error, and Nova's name for it. */
export const statusOfKind: Readonly<Record<ErrorKind, number>> = {
  badRequest: 400,
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  badMethod: 405,
  notAcceptable: 406,
  conflict: 409,
  gone: 410,
  tooLarge: 413,
  unsupportedMedia: 415,
  internal: 500,
  notSupported: 501,
  tooMany: 429,
  unavailable: 503,
};

/** Nova's key around the error; statuses that are not here are `computeFault`. */
const faultKeys: Readonly<Record<number, string>> = {
  400: "badRequest",
  401: "unauthorized",
  403: "forbidden",
  404: "itemNotFound",
  405: "badMethod",
  409: "conflictingRequest",
  413: "overLimit",
  415: "badMediaType",
  429: "overLimit",
  501: "notImplemented",
  503: "serviceUnavailable",
};

/** Identity's titles. */
const titles: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  409: "Conflict",
  413: "Request Entity Too Large",
  415: "Unsupported Media Type",
  429: "Too Many Requests",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

export interface Fault {
  readonly status: number;
  readonly code: string;
  readonly body: object;
}

/** The answer to an error. `path` decides between identity's form and Nova's; a missing or bad token always gets identity's. */
export function faultOf(error: unknown, path: string, contentType?: string): Fault {
  const known = isFerryError(error) ? error : fromFramework(error, contentType);
  const status = statusOfKind[known.kind];
  const identity = status === 401 || path.startsWith("/identity");
  return { status, code: known.code, body: identity ? identityBody(status, known.message) : novaBody(status, known.message) };
}

function novaBody(status: number, message: string): object {
  return { [faultKeys[status] ?? "computeFault"]: { code: status, message } };
}

function identityBody(status: number, message: string): object {
  return { error: { code: status, title: titles[status] ?? "Error", message } };
}

/** Errors of the HTTP framework by its codes; whatever is left is ours to repair: INTERNAL. */
function fromFramework(error: unknown, contentType = ""): FerryError {
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return fail("BODY_TOO_LARGE", { limitBytes: bodyLimitBytes }, error);
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE")
    return fail("CONTENT_TYPE_UNSUPPORTED", { contentType: contentType.slice(0, 100), wanted: "application/json" }, error);
  if (typeof statusCode === "number" && statusCode >= 400 && statusCode < 500) return fail("MALFORMED_BODY", {}, error);
  return fail("INTERNAL", {}, error);
}

/** Largest request body. The largest legitimate one is a few KiB. */
export const bodyLimitBytes = 114_688;
