import { type FerryClient, openClient } from "@ferry/contract";
import { MINUTE } from "@ferry/core";
import { type Environment, ferryHome, readCredentials } from "../session/credentials.ts";
import { serviceUrl } from "../session/endpoints.ts";
import { type HttpFetch, httpFetch } from "../session/http-fetch.ts";
import { openSession } from "../session/session.ts";
import { openTokenCache } from "../session/token-cache.ts";

/** The newest microversion whose answers these commands were written for. */
export const microversion = "2.80";
/** The newest microversion at which os-migrateLive takes `force`. */
export const forceMicroversion = "2.67";
export const microversionHeader = "openstack-api-version";

/** Longer than the longest wait of the server for a host's answer. */
const answerTimeoutMs = 2 * MINUTE;

/** The API with this user's token in every request. */
export interface Api {
  readonly client: FerryClient;
  /** The address under which ferry serves everything, without a slash at the end. */
  readonly baseUrl: string;
  /** For answers that never end, such as the event stream: with token, without deadline. */
  readonly fetchStream: HttpFetch;
  /** PUTs a file as it is, without a deadline. */
  putFile(path: string, file: Blob): Promise<Response>;
  /** Whether the token carries the role admin. */
  isAdmin(): Promise<boolean>;
}

const withMicroversion =
  (fetchOne: HttpFetch) =>
  (request: Request): Promise<Response> => {
    if (!request.headers.has(microversionHeader)) request.headers.set(microversionHeader, `compute ${microversion}`);
    return fetchOne(request);
  };

/** Reads the credentials and opens a session with them; the first request logs in. Throws NOT_CONFIGURED. */
export async function connect(env: Environment, now: () => number, debug: (text: string) => void): Promise<Api> {
  const credentials = await readCredentials(env);
  const cache = openTokenCache(ferryHome(env), credentials, debug);
  const session = openSession(credentials, cache, httpFetch(answerTimeoutMs), now);
  const baseUrl = serviceUrl(credentials.authUrl);
  return {
    client: openClient({ baseUrl, token: () => null, fetch: withMicroversion(session.fetch) }),
    baseUrl,
    fetchStream: session.via(httpFetch(null)),
    putFile: async (path, file) => {
      const headers = { "x-auth-token": await session.token(), "content-type": "application/octet-stream" };
      return await httpFetch(null)(new Request(`${baseUrl}${path}`, { method: "PUT", headers, body: file }));
    },
    isAdmin: async () => (await session.roles()).includes("admin"),
  };
}
