import { fail } from "@ferry/core";
import type { Store, ValidToken } from "@ferry/store";
import { type Caller, isAdmin } from "../caller.ts";
import { may } from "../policy.ts";
import type { Input, RouteDefinition } from "../route.ts";
import { type AuthRequest, issueToken } from "../services/issue-token.ts";
import { text } from "../services/paging.ts";
import { domainView } from "../views/identity.ts";
import { catalogView, identityVersion, listLinks, projectView, tokenView } from "../views/token.ts";
import { applicationCredentialRoutes } from "./application-credentials.ts";
import { fixedIdentityRoutes } from "./identity-catalog.ts";
import { projectRoutes } from "./identity-projects.ts";
import { roleRoutes } from "./identity-roles.ts";
import { userRoutes } from "./identity-users.ts";

/** /identity: version documents, tokens, and the records of users, projects, roles and credentials. */
export function identityRoutes(store: Store): readonly RouteDefinition[] {
  return [
    ...versionRoutes,
    ...tokenRoutes(store),
    ...callerRoutes(store),
    ...userRoutes(store),
    ...projectRoutes(store),
    ...roleRoutes(store),
    ...applicationCredentialRoutes(store),
    ...fixedIdentityRoutes,
  ];
}

const versionRoutes: readonly RouteDefinition[] = [
  {
    operation: "listIdentityVersions",
    access: "open",
    handle: ({ base }) => ({ status: 300, body: { versions: { values: [identityVersion(base)] } } }),
  },
  { operation: "showIdentityVersion", access: "open", handle: ({ base }) => ({ body: { version: identityVersion(base) } }) },
];

function tokenRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "issueToken",
      access: "open",
      handle: async ({ body, base, query, request }) => {
        const { token, valid } = await issueToken(store, (body as { auth: AuthRequest }).auth, request.ip);
        const headers = { "X-Subject-Token": token, Vary: "X-Auth-Token" };
        return { status: 201, headers, body: { token: tokenView(valid, { base, withCatalog: query.nocatalog === undefined }) } };
      },
    },
    {
      operation: "validateToken",
      access: "rule",
      rule: "identity:validate_token",
      handle: async (input) => {
        const { token, valid } = await subject(store, input);
        const view = tokenView(valid, { base: input.base, withCatalog: input.query.nocatalog === undefined });
        return { headers: { "X-Subject-Token": token, Vary: "X-Auth-Token" }, body: { token: view } };
      },
    },
    {
      operation: "checkToken",
      access: "rule",
      rule: "identity:check_token",
      handle: async (input) => {
        await subject(store, input);
        return { headers: { Vary: "X-Auth-Token" } };
      },
    },
    {
      operation: "revokeToken",
      access: "rule",
      rule: "identity:revoke_token",
      handle: async (input) => {
        await store.tokens.revoke((await subject(store, input)).token);
        return { status: 204 };
      },
    },
  ];
}

function callerRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listAuthProjects",
      access: "rule",
      rule: "identity:get_auth_projects",
      handle: async (input) => {
        const name = text(input.query, "name");
        const projects = (await store.identity.projectsOf(input.caller.userId)).filter(
          (project) => name === undefined || project.name === name,
        );
        return { body: { projects: projects.map((project) => projectView(project, input.base)), links: listLinks(input) } };
      },
    },
    {
      operation: "listAuthDomains",
      access: "rule",
      rule: "identity:get_auth_domains",
      handle: (input) => ({ body: { domains: isAdmin(input.caller) ? [domainView(input.base)] : [], links: listLinks(input) } }),
    },
    {
      operation: "listAuthSystem",
      access: "rule",
      rule: "identity:get_auth_system",
      handle: (input) => ({ body: { system: isAdmin(input.caller) ? [{ all: true }] : [], links: listLinks(input) } }),
    },
    {
      operation: "listAuthCatalog",
      access: "rule",
      rule: "identity:get_auth_catalog",
      handle: (input) => ({ body: { catalog: catalogView(input.base), links: listLinks(input) } }),
    },
  ];
}

/** The token that the request is about. One's own tokens are open to everybody, others' only to administrators. */
async function subject(
  store: Store,
  { request, caller }: Input & { readonly caller: Caller },
): Promise<{ token: string; valid: ValidToken }> {
  const token = String(request.headers["x-subject-token"]);
  const valid = await store.tokens.find(token);
  const mine = valid !== null && valid.user.id === caller.userId;
  if (valid === null || !(mine || may(caller, "identity:foreign_token"))) throw fail("IDENTITY_NOT_FOUND", { kind: "token", id: "given" });
  return { token, valid };
}
