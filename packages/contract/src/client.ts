import createClient, { type Client, type ClientOptions } from "openapi-fetch";
import type { paths } from "./generated/types.ts";

/** A client whose calls, parameters and answers have the contract's types. */
export type FerryClient = Client<paths>;

export interface FerryClientOptions {
  /** Where ferry listens, `http://127.0.0.1:8774`. */
  readonly baseUrl: string;
  /** Gives the token for each request; null sends none. */
  readonly token: () => string | null | Promise<string | null>;
  /** `2.N`, sent with every request; without it the service answers as 2.1. */
  readonly microversion?: string;
  /** Replaces the global fetch, for tests and for retries. */
  readonly fetch?: NonNullable<ClientOptions["fetch"]>;
}

/** Opens the typed client. It keeps no state besides its options; errors come as values (`{data, error, response}`), as openapi-fetch does. */
export function openClient(options: FerryClientOptions): FerryClient {
  const client = createClient<paths>({ baseUrl: options.baseUrl, ...(options.fetch === undefined ? {} : { fetch: options.fetch }) });
  client.use({
    async onRequest({ request }) {
      const token = await options.token();
      if (token !== null) request.headers.set("X-Auth-Token", token);
      if (options.microversion !== undefined) request.headers.set("OpenStack-API-Version", `compute ${options.microversion}`);
      return request;
    },
  });
  return client;
}
