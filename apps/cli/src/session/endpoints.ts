import { usageError } from "../cli-error.ts";

function parse(authUrl: string): URL {
  const url = URL.parse(authUrl);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw usageError(
      `Cannot log in at "${authUrl}": it must be an http or https address.`,
      "Set OS_AUTH_URL, for example to http://127.0.0.1:8774/identity/v3.",
    );
  return url;
}

/** `http://h/identity` and `http://h/identity/v3/` -> `http://h/identity/v3/auth/tokens`. */
export function tokensUrl(authUrl: string): string {
  const url = parse(authUrl);
  const path = url.pathname.replace(/\/+$/, "").replace(/\/v3$/, "");
  return `${url.origin}${path}/v3/auth/tokens`;
}

/** The address under which ferry serves everything: the one that `/identity` hangs from. `http://h:8774/identity/v3` -> `http://h:8774`. */
export function serviceUrl(authUrl: string): string {
  const url = parse(authUrl);
  const path = url.pathname
    .replace(/\/+$/, "")
    .replace(/\/v3$/, "")
    .replace(/\/identity$/, "");
  return `${url.origin}${path}`;
}
