import { maximumMinor, microversionText, minimumMinor } from "../microversion.ts";
import type { Link } from "../urls.ts";

interface VersionView {
  readonly id: string;
  readonly status: string;
  readonly version: string;
  readonly min_version: string;
  readonly updated: string;
  readonly links: readonly (Link & { readonly type?: string })[];
}

/** `v2.0`, the alias without microversions. Clients demand that it is the first of the list. */
export function legacyVersion(base: string): VersionView {
  const links = [{ rel: "self", href: `${base}/v2/` }];
  return { id: "v2.0", status: "SUPPORTED", version: "", min_version: "", updated: "2011-01-21T11:33:21Z", links };
}

export function currentVersion(base: string): VersionView {
  const links = [{ rel: "self", href: `${base}/v2.1/` }];
  const range = { version: microversionText(maximumMinor), min_version: microversionText(minimumMinor) };
  return { id: "v2.1", status: "CURRENT", ...range, updated: "2013-07-23T11:33:21Z", links };
}

/** A version as its own document: what the list says, and where to read on. */
export function versionDocument(version: VersionView): object {
  const type = `application/vnd.openstack.compute+json;version=${version.id === "v2.0" ? "2" : "2.1"}`;
  const links = [...version.links, { rel: "describedby", type: "text/html", href: "http://docs.openstack.org/" }];
  return { version: { ...version, links, "media-types": [{ base: "application/json", type }] } };
}
