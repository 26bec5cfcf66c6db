import { createHash } from "node:crypto";
import type { Project, ValidToken } from "@ferry/store";
import { identityTime } from "../times.ts";

type View = Record<string, unknown>;

/** The one domain. */
export const domain = { id: "default", name: "Default" } as const;

/** A stronger role comes with the weaker ones. */
const included: Readonly<Record<string, readonly string[]>> = {
  admin: ["admin", "manager", "member", "reader"],
  manager: ["manager", "member", "reader"],
  member: ["member", "reader"],
  reader: ["reader"],
};

export interface TokenViewOptions {
  /** URL of this service. */
  readonly base: string;
  readonly withCatalog: boolean;
}

/** What a token stands for, as identity's document. An unscoped token has no catalog. */
export function tokenView(token: ValidToken, { base, withCatalog }: TokenViewOptions): View {
  const { user, project, scope, applicationCredential: credential } = token;
  const names = [...new Set(token.roles.flatMap((role) => included[role] ?? []))];
  return {
    methods: token.methods,
    audit_ids: [token.auditId],
    issued_at: identityTime(token.issuedAt),
    expires_at: identityTime(token.expiresAt),
    user: { id: user.id, name: user.name, domain, password_expires_at: null },
    ...(project === null ? {} : { project: { id: project.id, name: project.name, domain } }),
    ...(scope === "domain" ? { domain } : {}),
    ...(scope === "system" ? { system: { all: true } } : {}),
    ...(credential === null
      ? {}
      : { application_credential: { id: credential.id, name: credential.name, restricted: !credential.unrestricted } }),
    is_domain: false,
    roles: names.map((name) => ({ id: roleId(name), name })),
    ...(withCatalog && (project !== null || scope !== null) ? { catalog: catalogView(base) } : {}),
  };
}

/** Clients need compute and identity, and give up without image, even where they never call it. */
const services = [
  { type: "compute", name: "nova", path: "/v2.1" },
  { type: "identity", name: "keystone", path: "/identity" },
  { type: "image", name: "glance", path: "/image" },
] as const;

/** The links of a list that is told in one page. */
export const listLinks = ({ base, path }: { base: string; path: string }): View => ({ self: `${base}${path}`, previous: null, next: null });

/** The one region. */
export const region = "RegionOne";

interface Endpoint {
  readonly id: string;
  readonly interface: "public" | "internal" | "admin";
  readonly region: string;
  readonly region_id: string;
  readonly url: string;
}

export interface CatalogEntry {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly endpoints: readonly Endpoint[];
}

export function catalogView(base: string): CatalogEntry[] {
  return services.map(({ type, name, path }) => ({
    id: stableId(`service ${type}`),
    type,
    name,
    endpoints: (["public", "internal", "admin"] as const).map((face) => ({
      id: stableId(`endpoint ${type} ${face}`),
      interface: face,
      region,
      region_id: region,
      url: base + path,
    })),
  }));
}

export function projectView(project: Project, base: string): View {
  return {
    id: project.id,
    name: project.name,
    domain_id: domain.id,
    enabled: project.enabled,
    is_domain: false,
    parent_id: domain.id,
    description: project.description,
    tags: [],
    options: {},
    links: { self: `${base}/identity/v3/projects/${project.id}` },
  };
}

export const identityVersion = (base: string): View => ({
  id: "v3.14",
  status: "stable",
  updated: "2020-04-07T00:00:00Z",
  links: [{ rel: "self", href: `${base}/identity/v3/` }],
  "media-types": [{ base: "application/json", type: "application/vnd.openstack.identity-v3+json" }],
});

export const roleId = (role: string): string => stableId(`role ${role}`);

/** 32 hex digits that are the same in every process and after every start. */
const stableId = (name: string): string => createHash("sha256").update(`ferry ${name}`).digest("hex").slice(0, 32);
