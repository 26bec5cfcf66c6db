/** `host`, `host:port` or `[v6]:port`; anything else in a Host header is not repeated in answers. */
const hostForm = /^([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(:\d{1,5})?$/;

/** Where clients reach this service, without a trailing slash: the configured public URL, else what the request called us. */
export function baseUrl(publicUrl: string | null, hostHeader: string | undefined, fallback: string): string {
  if (publicUrl !== null) return publicUrl.replace(/\/+$/, "");
  return hostHeader !== undefined && hostForm.test(hostHeader) ? `http://${hostHeader}` : fallback;
}

export interface Link {
  readonly rel: string;
  readonly href: string;
}

/** Nova's pair: `self` with the version, `bookmark` without. `path` begins with a slash. */
export function resourceLinks(base: string, path: string): Link[] {
  return [
    { rel: "self", href: `${base}/v2.1${path}` },
    { rel: "bookmark", href: `${base}${path}` },
  ];
}

/**
 * The link to the next page: all query keys in order of their names, `marker` replaced. `path` is the one that was asked for, so that a project in
 * it stays.
 */
export function nextLink(base: string, path: string, query: Readonly<Record<string, unknown>>, marker: string): Link {
  const next = new URLSearchParams();
  for (const key of Object.keys({ ...query, marker }).sort()) {
    for (const value of [key === "marker" ? marker : query[key]].flat()) next.append(key, String(value));
  }
  return { rel: "next", href: `${base}${path}?${next}` };
}
