import { defaultGroupName, fail } from "@ferry/core";
import type { Store } from "@ferry/store";
import type { Caller } from "../caller.ts";
import { enforce } from "../policy.ts";
import type { Input, RouteDefinition } from "../route.ts";
import { reachableGroup } from "../services/find-security-group.ts";
import { flag, limitOf, text } from "../services/paging.ts";
import { securityGroupView } from "../views/security-group.ts";

/** What the database takes as one. */
const furthestOffset = 2 ** 31 - 1;

type Asking = Input & { readonly caller: Caller };

/** GET and POST /os-security-groups; GET, PUT and DELETE of one. */
export const securityGroupRoutes = (store: Store): readonly RouteDefinition[] => [
  {
    operation: "listSecurityGroups",
    access: "rule",
    rule: "os_compute_api:os-security-groups:get",
    handle: async (input) => {
      const groups = await store.securityGroups.page(await scopeOf(store, input), {
        limit: limitOf(input.query),
        offset: Math.min(Number(text(input.query, "offset") ?? 0), furthestOffset),
      });
      return { body: { security_groups: groups.map(securityGroupView) } };
    },
  },
  {
    operation: "createSecurityGroup",
    access: "rule",
    rule: "os_compute_api:os-security-groups:create",
    handle: async ({ body, caller }) => {
      const projectId = caller.projectId ?? "";
      await store.securityGroups.ensureDefault(projectId);
      return { body: { security_group: securityGroupView(await store.securityGroups.create({ projectId, ...contentOf(body) })) } };
    },
  },
  {
    operation: "showSecurityGroup",
    access: "rule",
    rule: "os_compute_api:os-security-groups:show",
    handle: async ({ params, caller }) => {
      const group = await reachableGroup(store, params.security_group_id ?? "", caller);
      return { body: { security_group: securityGroupView(group) } };
    },
  },
  {
    operation: "updateSecurityGroup",
    access: "rule",
    rule: "os_compute_api:os-security-groups:update",
    handle: async ({ params, caller, body }) => {
      const group = await reachableGroup(store, params.security_group_id ?? "", caller);
      if (group.name === defaultGroupName) throw fail("SECURITY_GROUP_SYSTEM", { action: "update" });
      return { body: { security_group: securityGroupView(await store.securityGroups.update(group.id, contentOf(body))) } };
    },
  },
  {
    operation: "deleteSecurityGroup",
    access: "rule",
    rule: "os_compute_api:os-security-groups:delete",
    handle: async ({ params, caller }) => {
      const group = await reachableGroup(store, params.security_group_id ?? "", caller);
      if (group.name === defaultGroupName) throw fail("SECURITY_GROUP_SYSTEM", { action: "delete" });
      await store.securityGroups.remove(group.id);
      return { status: 202 };
    },
  },
];

/** The project to list; null: all. A project's first look makes its group `default`. */
async function scopeOf(store: Store, { query, caller }: Asking): Promise<string | null> {
  const projectId = caller.projectId ?? "";
  await store.securityGroups.ensureDefault(projectId);
  if (flag(query, "all_tenants") !== true) return projectId;
  enforce(caller, "os_compute_api:os-security-groups:get:all_tenants");
  return null;
}

function contentOf(body: unknown): { name: string; description: string } {
  const { name, description } = (body as { security_group: { name: string; description?: string | null } }).security_group;
  return { name: name.trim(), description: description ?? "" };
}
