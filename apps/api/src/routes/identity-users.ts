import { fail } from "@ferry/core";
import type { Store, UserChange } from "@ferry/store";
import type { RouteDefinition } from "../route.ts";
import { known, ownOr } from "../services/identity-lookup.ts";
import { flag, text } from "../services/paging.ts";
import { limited } from "../services/prove-identity.ts";
import { userView } from "../views/identity.ts";
import { listLinks, projectView } from "../views/token.ts";

/** The body of POST and PATCH /v3/users, checked. */
interface UserBody {
  readonly user: {
    readonly name?: string;
    readonly password?: string | null;
    readonly enabled?: boolean;
    readonly description?: string | null;
    readonly email?: string | null;
    readonly default_project_id?: string | null;
  };
}

/** /identity/v3/users. */
export function userRoutes(store: Store): readonly RouteDefinition[] {
  return [...readingRoutes(store), ...writingRoutes(store)];
}

function readingRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listUsers",
      access: "rule",
      rule: "identity:list_users",
      handle: async (input) => {
        const [name, enabled] = [text(input.query, "name"), flag(input.query, "enabled")];
        const users = await store.users.list({ ...(name === undefined ? {} : { name }), ...(enabled === undefined ? {} : { enabled }) });
        return { body: { users: users.map((user) => userView(user, input.base)), links: listLinks(input) } };
      },
    },
    {
      operation: "showUser",
      access: "rule",
      rule: "identity:own",
      handle: async ({ params, caller, base }) => {
        const id = params.user_id ?? "";
        ownOr("identity:get_user", caller, id);
        return { body: { user: userView(known(await store.users.find(id), "user", id), base) } };
      },
    },
    {
      operation: "listUserProjects",
      access: "rule",
      rule: "identity:own",
      handle: async (input) => {
        const id = input.params.user_id ?? "";
        ownOr("identity:list_user_projects", input.caller, id);
        known(await store.users.find(id), "user", id);
        const projects = await store.identity.projectsOf(id);
        return { body: { projects: projects.map((project) => projectView(project, input.base)), links: listLinks(input) } };
      },
    },
  ];
}

function writingRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "createUser",
      access: "rule",
      rule: "identity:create_user",
      handle: async ({ body, base }) => {
        const { user } = body as UserBody;
        const added = await store.users.add({ ...changeOf(user), name: user.name ?? "" });
        return { status: 201, body: { user: userView(added, base) } };
      },
    },
    {
      operation: "updateUser",
      access: "rule",
      rule: "identity:update_user",
      handle: async ({ params, body, base }) => {
        const id = params.user_id ?? "";
        const changed = await store.users.change(id, changeOf((body as UserBody).user));
        return { body: { user: userView(known(changed, "user", id), base) } };
      },
    },
    {
      operation: "deleteUser",
      access: "rule",
      rule: "identity:delete_user",
      handle: async ({ params }) => {
        const id = params.user_id ?? "";
        known(await store.users.remove(id), "user", id);
        return { status: 204 };
      },
    },
    {
      operation: "changePassword",
      access: "rule",
      rule: "identity:own",
      handle: async ({ params, body, caller, request }) => {
        const id = params.user_id ?? "";
        ownOr("identity:update_user", caller, id);
        known(await store.users.find(id), "user", id);
        const { original_password, password } = (body as { user: { original_password: string; password: string } }).user;
        if (password === original_password) throw fail("VALIDATION_FAILED", { sentence: "The new password must be another one." });
        await limited(
          store,
          ["user", { id }, request.ip],
          async () => (await store.users.changePassword(id, original_password, password)) || null,
        );
        return { status: 204 };
      },
    },
  ];
}

function changeOf({ name, password, enabled, description, email, default_project_id }: UserBody["user"]): UserChange {
  return {
    ...(name === undefined ? {} : { name }),
    ...(password == null ? {} : { password }),
    ...(enabled === undefined ? {} : { enabled }),
    ...(description === undefined ? {} : { description: description ?? "" }),
    ...(email === undefined ? {} : { email }),
    ...(default_project_id === undefined ? {} : { defaultProjectId: default_project_id }),
  };
}
