import type { Credentials } from "./credentials.ts";
import type { HttpFetch } from "./http-fetch.ts";
import { logIn } from "./log-in.ts";
import type { Token, TokenCache } from "./token-cache.ts";

/** A token is not used in its last seconds, so it cannot expire on the way. */
const expiryMarginMs = 30_000;

/** Hands out one token: from the cache while it is good, by one login otherwise. */
interface TokenHolder {
  token(): Promise<Token>;
  /** A newer token than `refused`; several callers with the same refused one cause one login. */
  renewed(refused: Token): Promise<Token>;
}

function holdToken(credentials: Credentials, cache: TokenCache, http: HttpFetch, now: () => number): TokenHolder {
  let current: Promise<Token> | null = null;

  function keep(next: Promise<Token>): Promise<Token> {
    current = next;
    next.catch(() => {
      if (current === next) current = null;
    });
    return next;
  }

  async function renew(): Promise<Token> {
    const token = await logIn(credentials, http);
    if (credentials.login.kind === "password") await cache.write(token);
    return token;
  }

  async function cachedOrNew(): Promise<Token> {
    const cached = credentials.login.kind === "password" ? await cache.read() : null;
    return cached !== null && cached.expiresAt - expiryMarginMs > now() ? cached : renew();
  }

  const token = (): Promise<Token> => current ?? keep(cachedOrNew());

  return {
    token,
    async renewed(refused) {
      const held = await token();
      return held.value === refused.value ? keep(renew()) : held;
    },
  };
}

/** Requests with a token. After a 401 the session logs in once more and repeats the request once. */
export interface Session {
  readonly fetch: HttpFetch;
  /** The same through another transport, for answers that have no deadline. */
  via(http: HttpFetch): HttpFetch;
  /** A valid token, for a request whose body is too large to be kept for a repetition. */
  token(): Promise<string>;
  /** The roles that the token carries. */
  roles(): Promise<readonly string[]>;
}

/** Sends a copy, so that the request with its body can be sent again. */
function send(request: Request, { value }: Token, http: HttpFetch, signal?: AbortSignal): Promise<Response> {
  const copy = request.clone();
  copy.headers.set("x-auth-token", value);
  return http(copy, signal);
}

/** A session with these credentials; `http` carries the logins and, by default, the requests. */
export function openSession(credentials: Credentials, cache: TokenCache, http: HttpFetch, now: () => number): Session {
  const holder = holdToken(credentials, cache, http, now);
  const via =
    (transport: HttpFetch): HttpFetch =>
    async (request, signal) => {
      const used = await holder.token();
      const answer = await send(request, used, transport, signal);
      if (answer.status !== 401) return answer;
      await answer.body?.cancel();
      return send(request, await holder.renewed(used), transport, signal);
    };
  return { fetch: via(http), via, token: async () => (await holder.token()).value, roles: async () => (await holder.token()).roles };
}
