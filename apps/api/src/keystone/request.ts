import { fail } from "@ferry/core";

/** What Keystone answered. */
export interface KeystoneAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed, not checked; null when there is none. */
  readonly body: unknown;
}

export interface KeystoneRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object;
  /** For the whole exchange. */
  readonly deadlineMs: number;
}

/** Tokens without a catalog have a few KiB. */
const largestAnswerBytes = 262_144;

/** One exchange. Certificates are verified, redirects are not followed. Throws KEYSTONE_SILENT when there is no answer in time, or none that is JSON. */
export async function askKeystone({ method, url, headers, body, deadlineMs }: KeystoneRequest): Promise<KeystoneAnswer> {
  try {
    const response = await fetch(url, {
      method,
      headers: { Accept: "application/json", ...headers, ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: "error",
      signal: AbortSignal.timeout(deadlineMs),
    });
    const text = await readText(response);
    return { status: response.status, headers: response.headers, body: text === "" ? null : (JSON.parse(text) as unknown) };
  } catch (error) {
    throw fail("KEYSTONE_SILENT", {}, error);
  }
}

/** Ends the connection when the answer is larger than any that is meant. */
async function readText(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of response.body ?? []) {
    bytes += piece.length;
    if (bytes > largestAnswerBytes) throw new Error(`Keystone's answer has more than ${largestAnswerBytes} bytes.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}
