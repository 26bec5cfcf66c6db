import { fail } from "@ferry/core";
import type { Store, ValidToken } from "@ferry/store";
import type { Caller } from "../caller.ts";
import { may } from "../policy.ts";
import type { Input, RouteDefinition } from "../route.ts";
import { type AuthRequest, issueToken } from "../services/issue-token.ts";
import { text } from "../services/paging.ts";
import { catalogView, identityVersion, projectView, tokenView } from "../views/token.ts";

/** /identity: version documents, tokens, the caller's projects and catalog. */
export function identityRoutes(store: Store): readonly RouteDefinition[] {
  return [...versionRoutes, ...tokenRoutes(store), ...callerRoutes(store)];
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
      handle: async ({ body, base }) => {
        const { token, valid } = await issueToken(store, (body as { auth: AuthRequest }).auth);
        const headers = { "X-Subject-Token": token, Vary: "X-Auth-Token" };
        return { status: 201, headers, body: { token: tokenView(valid, { base, withCatalog: true }) } };
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
  const listLinks = ({ base, path }: Input) => ({ self: `${base}${path}`, previous: null, next: null });
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
