import { fail } from "@ferry/core";

/** Bounds of what is advertised; everything in between must behave. Nova's 2.97 needs shared file systems, which ferry does not have. */
export const minimumMinor = 1;
export const maximumMinor = 96;

export const legacyHeader = "x-openstack-nova-api-version";
export const header = "openstack-api-version";

/** `2.N`. */
export const microversionText = (minor: number): string => `2.${minor}`;

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/**
 * The minor version to apply, from the request's headers: the new header's `compute` entry wins over the old header, none means 2.1,
 * `latest` the maximum. Throws VERSION_MALFORMED (400) or VERSION_OUT_OF_RANGE (406).
 */
export function negotiate(headers: Headers): number {
  const asked = computeEntry(headers[header]) ?? single(headers[legacyHeader]);
  if (asked === undefined) return minimumMinor;
  if (asked === "latest") return maximumMinor;
  const match = /^([1-9]\d*)\.(0|[1-9]\d*)$/.exec(asked);
  if (match === null) throw fail("VERSION_MALFORMED", { version: asked });
  const minor = Number(match[2]);
  if (match[1] !== "2" || minor < minimumMinor || minor > maximumMinor) {
    throw fail("VERSION_OUT_OF_RANGE", {
      version: asked,
      minimum: microversionText(minimumMinor),
      maximum: microversionText(maximumMinor),
    });
  }
  return minor;
}

/** The answer's headers that tell which version was applied. */
export function microversionHeaders(minor: number): Record<string, string | string[]> {
  return {
    "OpenStack-API-Version": `compute ${microversionText(minor)}`,
    "X-OpenStack-Nova-API-Version": microversionText(minor),
    Vary: ["OpenStack-API-Version", "X-OpenStack-Nova-API-Version"],
  };
}

/** The header is a list, `compute 2.30, identity 3.14`; only `compute` counts. */
function computeEntry(value: string | string[] | undefined): string | undefined {
  for (const entry of [value].flat().flatMap((text) => text?.split(",") ?? [])) {
    const [service, version = ""] = entry.trim().split(/\s+/);
    if (service?.toLowerCase() === "compute") return version.toLowerCase();
  }
  return undefined;
}

const single = (value: string | string[] | undefined): string | undefined => [value].flat()[0]?.trim().toLowerCase();
