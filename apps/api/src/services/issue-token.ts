import { fail, MINUTE } from "@ferry/core";
import { type BroadScope, type Project, type Role, roles as roleNames, type Store, type ValidToken } from "@ferry/store";
import { isOurDomain, keyOf, type Proof, proveIdentity } from "./prove-identity.ts";

/** How long a token is good. */
const lifetimeMs = 12 * 60 * MINUTE;

export interface Named {
  readonly id?: string;
  readonly name?: string;
  readonly domain?: { readonly id?: string; readonly name?: string };
}

/** The `auth` of POST /v3/auth/tokens, checked against the contract. */
export interface AuthRequest {
  readonly identity: {
    readonly methods: readonly ["password" | "token" | "application_credential"];
    readonly password?: { readonly user: Named & { readonly password: string } };
    readonly token?: { readonly id: string };
    readonly application_credential?: { readonly id?: string; readonly name?: string; readonly user?: Named; readonly secret: string };
  };
  readonly scope?: "unscoped" | { readonly project?: Named; readonly domain?: Named; readonly system?: object };
}

export interface IssuedToken {
  /** Told here and nowhere else. */
  readonly token: string;
  readonly valid: ValidToken;
}

/** What a token will be good for. */
interface Reach {
  readonly project: Project | null;
  readonly scope: BroadScope | null;
  readonly roles: readonly Role[];
}

const nowhere: Reach = { project: null, scope: null, roles: [] };

/** Issues a token for what the request shows. `address`: the caller's. Throws what `proveIdentity` throws, UNAUTHENTICATED for a scope that is not his. */
export async function issueToken(store: Store, auth: AuthRequest, address: string): Promise<IssuedToken> {
  const proof = await proveIdentity(store, auth, address);
  const { user, shown } = proof;
  const { project, scope, roles } = await reachOf(store, auth.scope, proof);
  const latest = new Date(Date.now() + lifetimeMs);
  const expiresAt = proof.expiresAt !== null && proof.expiresAt < latest ? proof.expiresAt : latest;
  const methods = [...new Set([...proof.methods, auth.identity.methods[0]])];
  const applicationCredential = proof.credential ?? shown?.applicationCredential ?? null;
  const issued = await store.tokens.issue({
    userId: user.id,
    projectId: project?.id ?? null,
    scope,
    roles,
    methods,
    expiresAt,
    applicationCredentialId: applicationCredential?.id ?? null,
  });
  const { token, auditId, issuedAt } = issued;
  return { token, valid: { user, project, scope, applicationCredential, roles, methods, auditId, issuedAt, expiresAt } };
}

async function reachOf(store: Store, scope: AuthRequest["scope"], proof: Proof): Promise<Reach> {
  if (proof.credential !== null) return await reachOfCredential(store, scope, proof.credential);
  if (proof.shown?.applicationCredential != null) return reachAsBefore(scope, proof.shown);
  if (scope === "unscoped") return nowhere;
  if (scope === undefined) return await withoutScope(store, proof);
  if (scope.system !== undefined) return await beyondProjects(store, proof, "system");
  if (scope.domain !== undefined) return await beyondProjects(store, proof, isOurDomain(scope.domain) ? "domain" : null);
  return await inProject(store, proof, await projectOf(store, scope.project));
}

/** Its project and its roles, as far as its user still has them. A scope may repeat the project, not change it. */
async function reachOfCredential(store: Store, scope: AuthRequest["scope"], credential: NonNullable<Proof["credential"]>): Promise<Reach> {
  const project = await store.identity.findProject({ id: credential.projectId });
  if (project === null || !repeats(scope, project)) throw fail("UNAUTHENTICATED");
  const held = await store.identity.rolesOf(credential.userId, project.id);
  const roles = credential.roles.filter((role) => held.some((one) => includes(one, role)));
  if (roles.length === 0) throw fail("UNAUTHENTICATED");
  return { project, scope: null, roles };
}

/** A token that came from a credential is not to become one that reaches further. */
function reachAsBefore(scope: AuthRequest["scope"], { project, roles }: ValidToken): Reach {
  if (project === null || !repeats(scope, project)) throw fail("UNAUTHENTICATED");
  return { project, scope: null, roles };
}

function repeats(scope: AuthRequest["scope"], { id, name }: Project): boolean {
  if (scope === undefined) return true;
  const asked = scope === "unscoped" ? undefined : scope.project;
  return asked !== undefined && (asked.id ?? id) === id && (asked.name ?? name) === name && isOurDomain(asked.domain);
}

/** As the token that was shown, else the user's default project, else the only one he has a role in, else none. */
async function withoutScope(store: Store, proof: Proof): Promise<Reach> {
  const { shown, user } = proof;
  if (shown !== null && shown.scope !== null) return await beyondProjects(store, proof, shown.scope);
  if (shown !== null && shown.project !== null) return await inProject(store, proof, shown.project);
  const [own, record] = await Promise.all([store.identity.projectsOf(user.id), store.users.find(user.id)]);
  const enabled = own.filter((project) => project.enabled);
  const project = enabled.find(({ id }) => id === record?.defaultProjectId) ?? (enabled.length === 1 ? enabled[0] : undefined);
  return project === undefined ? nowhere : await inProject(store, proof, project);
}

/** Who is an administrator anywhere is one everywhere, as Nova's administrators are. */
async function beyondProjects(store: Store, { user }: Proof, scope: BroadScope | null): Promise<Reach> {
  const assigned = scope === null ? [] : await store.roleAssignments.list({ userId: user.id, role: "admin" });
  if (assigned.length === 0) throw fail("UNAUTHENTICATED");
  return { project: null, scope, roles: ["admin"] };
}

async function inProject(store: Store, { user }: Proof, project: Project | null): Promise<Reach> {
  if (project === null || !project.enabled) throw fail("UNAUTHENTICATED");
  const roles = await store.identity.rolesOf(user.id, project.id);
  if (roles.length === 0) throw fail("UNAUTHENTICATED");
  return { project, scope: null, roles };
}

async function projectOf(store: Store, named: Named | undefined): Promise<Project | null> {
  const key = named === undefined ? null : keyOf(named);
  return key !== null && isOurDomain(named?.domain) ? await store.identity.findProject(key) : null;
}

/** Whether whoever has the one role has the other one as well. */
export const includes = (held: Role, role: Role): boolean => roleNames.indexOf(held) <= roleNames.indexOf(role);
