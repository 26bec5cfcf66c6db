import { fail, MINUTE } from "@ferry/core";
import type { Project, Role, Store, User, ValidToken } from "@ferry/store";

/** How long a token is good. */
const lifetimeMs = 12 * 60 * MINUTE;

interface Named {
  readonly id?: string;
  readonly name?: string;
  readonly domain?: { readonly id?: string; readonly name?: string };
}

/** The `auth` of POST /v3/auth/tokens, checked against the contract. */
export interface AuthRequest {
  readonly identity: {
    readonly methods: readonly ["password" | "token"];
    readonly password?: { readonly user: Named & { readonly password: string } };
    readonly token?: { readonly id: string };
  };
  readonly scope?: "unscoped" | { readonly project?: Named; readonly domain?: Named; readonly system?: object };
}

export interface IssuedToken {
  /** Told here and nowhere else. */
  readonly token: string;
  readonly valid: ValidToken;
}

/**
 * Issues a token for a password or another token. Throws VALIDATION_FAILED when the request lacks what its method needs, and UNAUTHENTICATED for
 * everything else that is wrong, without telling what.
 */
export async function issueToken(store: Store, auth: AuthRequest): Promise<IssuedToken> {
  const [method] = auth.identity.methods;
  const proof = method === "password" ? await byPassword(store, auth) : await byToken(store, auth);
  const project = await scopeOf(store, auth, proof);
  const roles = project === null ? [] : await rolesIn(store, proof.user, project);
  const expiresAt = proof.expiresAt ?? new Date(Date.now() + lifetimeMs);
  const methods = [...new Set([...proof.methods, method])];
  const issued = await store.tokens.issue({ userId: proof.user.id, projectId: project?.id ?? null, roles, methods, expiresAt });
  const { token, auditId, issuedAt } = issued;
  return { token, valid: { user: proof.user, project, roles, methods, auditId, issuedAt, expiresAt } };
}

interface Proof {
  readonly user: User;
  readonly methods: readonly string[];
  /** A token made from a token ends with it. */
  readonly expiresAt: Date | null;
  /** Project of the token that was shown. */
  readonly project: Project | null;
}

async function byPassword(store: Store, { identity }: AuthRequest): Promise<Proof> {
  const user = identity.password?.user;
  if (user === undefined) throw missing("password");
  const who = keyOf(user);
  if (who === null) throw missing("user id or name");
  const found = isOurDomain(user.domain) ? await store.identity.authenticate(who, user.password) : null;
  if (found === null) throw fail("UNAUTHENTICATED");
  return { user: found, methods: [], expiresAt: null, project: null };
}

async function byToken(store: Store, { identity }: AuthRequest): Promise<Proof> {
  if (identity.token === undefined) throw missing("token");
  const shown = await store.tokens.find(identity.token.id);
  if (shown === null) throw fail("UNAUTHENTICATED");
  return { user: shown.user, methods: shown.methods, expiresAt: shown.expiresAt, project: shown.project };
}

/** The project to scope to; null: none. Without a scope it is the shown token's project, or the user's first. */
async function scopeOf(store: Store, { scope }: AuthRequest, proof: Proof): Promise<Project | null> {
  if (scope === "unscoped") return null;
  if (scope === undefined) return proof.project ?? (await store.identity.projectsOf(proof.user.id))[0] ?? null;
  const key = scope.project === undefined ? null : keyOf(scope.project);
  const project = key !== null && isOurDomain(scope.project?.domain) ? await store.identity.findProject(key) : null;
  if (project === null) throw fail("UNAUTHENTICATED");
  return project;
}

async function rolesIn(store: Store, user: User, project: Project): Promise<Role[]> {
  const roles = await store.identity.rolesOf(user.id, project.id);
  if (roles.length === 0) throw fail("UNAUTHENTICATED");
  return roles;
}

function keyOf({ id, name }: Named): { id: string } | { name: string } | null {
  if (id !== undefined) return { id };
  return name === undefined ? null : { name };
}

/** There is one domain, `default`, called Default; clients name it by either, or not at all. */
function isOurDomain(domain: Named["domain"]): boolean {
  return [domain?.id, domain?.name].every((word) => word === undefined || word.toLowerCase() === "default");
}

const missing = (what: string) =>
  fail("VALIDATION_FAILED", { sentence: `Cannot authenticate: the request has no ${what}, which its method needs.` });
