import { type AssignmentFilter, roles, type Store } from "@ferry/store";
import type { Input, RouteDefinition } from "../route.ts";
import { demandUserAndProject, known, roleOf } from "../services/identity-lookup.ts";
import { text } from "../services/paging.ts";
import { assignmentView, roleView } from "../views/identity.ts";
import { listLinks, roleId } from "../views/token.ts";

/** Roles, which are Nova's four, and who has which in which project. */
export function roleRoutes(store: Store): readonly RouteDefinition[] {
  return [...listingRoutes(store), ...assigningRoutes(store)];
}

function listingRoutes(store: Store): readonly RouteDefinition[] {
  return [
    {
      operation: "listRoles",
      access: "rule",
      rule: "identity:list_roles",
      handle: (input) => {
        const name = text(input.query, "name");
        const asked = roles.filter((role) => name === undefined || role === name);
        return { body: { roles: asked.map((role) => roleView(role, input.base)), links: listLinks(input) } };
      },
    },
    {
      operation: "showRole",
      access: "rule",
      rule: "identity:get_role",
      handle: ({ params, base }) => ({ body: { role: roleView(roleOf(params.role_id ?? ""), base) } }),
    },
    {
      operation: "listRoleAssignments",
      access: "rule",
      rule: "identity:list_role_assignments",
      handle: async (input) => {
        const names = input.query.include_names;
        const assigned = await assignments(store, input);
        const views = assigned.map((one) => assignmentView(one, input.base, names !== undefined && !/^(0|false)$/i.test(String(names))));
        return { body: { role_assignments: views, links: listLinks(input) } };
      },
    },
    {
      operation: "listUserRoles",
      access: "rule",
      rule: "identity:list_grants",
      handle: async (input) => {
        const { user_id: userId = "", project_id: projectId = "" } = input.params;
        await demandUserAndProject(store, userId, projectId);
        const held = await store.identity.rolesOf(userId, projectId);
        return { body: { roles: held.map((role) => roleView(role, input.base)), links: listLinks(input) } };
      },
    },
  ];
}

async function assignments(store: Store, { query }: Input) {
  const [userId, projectId, role] = [text(query, "user.id"), text(query, "scope.project.id"), text(query, "role.id")];
  const name = roles.find((one) => roleId(one) === role);
  // Nothing is assigned to groups, in domains or in the system, and no other role exists.
  const elsewhere = ["group.id", "scope.domain.id", "scope.system"].some((key) => text(query, key) !== undefined);
  if (elsewhere || (role !== undefined && name === undefined)) return [];
  const filter: AssignmentFilter = {
    ...(userId === undefined ? {} : { userId }),
    ...(projectId === undefined ? {} : { projectId }),
    ...(name === undefined ? {} : { role: name }),
  };
  return await store.roleAssignments.list(filter);
}

function assigningRoutes(store: Store): readonly RouteDefinition[] {
  const named = async ({ params }: Input) => {
    const { user_id: userId = "", project_id: projectId = "", role_id: id = "" } = params;
    await demandUserAndProject(store, userId, projectId);
    return { userId, projectId, role: roleOf(id), id };
  };
  return [
    {
      operation: "assignRole",
      access: "rule",
      rule: "identity:create_grant",
      handle: async (input) => {
        const { userId, projectId, role } = await named(input);
        await store.identity.assignRole(userId, projectId, role);
        return { status: 204 };
      },
    },
    {
      operation: "checkRole",
      access: "rule",
      rule: "identity:check_grant",
      handle: async (input) => {
        const { userId, projectId, role, id } = await named(input);
        known((await store.identity.rolesOf(userId, projectId)).includes(role), "role assignment", id);
        return { status: 204 };
      },
    },
    {
      operation: "unassignRole",
      access: "rule",
      rule: "identity:revoke_grant",
      handle: async (input) => {
        const { userId, projectId, role, id } = await named(input);
        known(await store.roleAssignments.remove(userId, projectId, role), "role assignment", id);
        return { status: 204 };
      },
    },
  ];
}
