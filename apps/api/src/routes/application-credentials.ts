import { fail } from "@ferry/core";
import { type Role, roles, type Store } from "@ferry/store";
import type { Caller } from "../caller.ts";
import type { RouteDefinition } from "../route.ts";
import { known, ownOr, roleOf } from "../services/identity-lookup.ts";
import { includes } from "../services/issue-token.ts";
import { text } from "../services/paging.ts";
import { readTime } from "../times.ts";
import { credentialView } from "../views/identity.ts";
import { listLinks } from "../views/token.ts";

/** The body of POST .../application_credentials, checked. */
interface Creation {
  readonly application_credential: {
    readonly name: string;
    readonly description?: string | null;
    readonly secret?: string | null;
    readonly expires_at?: string | null;
    readonly roles?: readonly { readonly id?: string; readonly name?: string }[];
    readonly unrestricted?: boolean | null;
  };
}

/** /identity/v3/users/{user_id}/application_credentials. */
export function applicationCredentialRoutes(store: Store): readonly RouteDefinition[] {
  const credentials = store.applicationCredentials;
  return [
    {
      operation: "listApplicationCredentials",
      access: "rule",
      rule: "identity:own",
      handle: async (input) => {
        const userId = input.params.user_id ?? "";
        ownOr("identity:list_application_credentials", input.caller, userId);
        known(await store.users.find(userId), "user", userId);
        const name = text(input.query, "name");
        const list = await credentials.list({ userId, ...(name === undefined ? {} : { name }) });
        return { body: { application_credentials: list.map((one) => credentialView(one, input.base)), links: listLinks(input) } };
      },
    },
    {
      operation: "createApplicationCredential",
      access: "rule",
      rule: "identity:own",
      handle: async ({ params, body, caller, base }) => {
        const { credential, secret } = await create(store, params.user_id ?? "", (body as Creation).application_credential, caller);
        return { status: 201, body: { application_credential: { ...credentialView(credential, base), secret } } };
      },
    },
    {
      operation: "showApplicationCredential",
      access: "rule",
      rule: "identity:own",
      handle: async ({ params, caller, base }) => {
        const { user_id: userId = "", application_credential_id: id = "" } = params;
        ownOr("identity:get_application_credential", caller, userId);
        const found = known(await credentials.find(userId, id), "application credential", id);
        return { body: { application_credential: credentialView(found, base) } };
      },
    },
    {
      operation: "deleteApplicationCredential",
      access: "rule",
      rule: "identity:own",
      handle: async ({ params, caller }) => {
        const { user_id: userId = "", application_credential_id: id = "" } = params;
        ownOr("identity:delete_application_credential", caller, userId);
        refuseRestricted(caller);
        known(await credentials.remove(userId, id), "application credential", id);
        return { status: 204 };
      },
    },
  ];
}

/** For oneself, in the token's project, with at most the token's roles. */
async function create(store: Store, userId: string, asked: Creation["application_credential"], caller: Caller) {
  ownOr("identity:create_application_credential", caller, userId);
  known(await store.users.find(userId), "user", userId);
  refuseRestricted(caller);
  if (caller.userId !== userId) throw fail("POLICY_FORBIDS", { rule: "identity:create_application_credential" });
  if (caller.projectId === null) {
    throw fail("VALIDATION_FAILED", { sentence: "An application credential needs a project: scope the token to one." });
  }
  const { name, description, secret, expires_at, unrestricted } = asked;
  return await store.applicationCredentials.add({
    name,
    userId,
    projectId: caller.projectId,
    description: description ?? "",
    roles: rolesOf(asked, caller),
    unrestricted: unrestricted ?? false,
    expiresAt: endOf(expires_at),
    ...(secret == null ? {} : { secret }),
  });
}

function rolesOf({ roles: asked }: Creation["application_credential"], caller: Caller): readonly Role[] {
  if (asked === undefined || asked.length === 0) return caller.roles;
  const wanted = asked.map(({ id, name }) =>
    id === undefined
      ? known(
          roles.find((role) => role === name),
          "role",
          name ?? "",
        )
      : roleOf(id),
  );
  const lacking = wanted.find((role) => !caller.roles.some((held) => includes(held, role)));
  if (lacking === undefined) return [...new Set(wanted)];
  throw fail("VALIDATION_FAILED", { sentence: `Cannot give the application credential the role ${lacking}: the token does not have it.` });
}

function endOf(text: string | null | undefined): Date | null {
  if (text == null) return null;
  const end = readTime(text);
  if (end !== null && end > new Date()) return end;
  throw fail("VALIDATION_FAILED", { sentence: `Invalid input for field/attribute expires_at. Value: ${text}. It must be in the future.` });
}

/** Tokens of a credential make and delete none, unless it was made unrestricted. */
function refuseRestricted(caller: Caller): void {
  if (caller.restricted === true) throw fail("POLICY_FORBIDS", { rule: "identity:create_application_credential" });
}
