import { fail, type GroupPolicy, type GroupRule } from "@ferry/core";
import type { Store } from "@ferry/store";
import type { Caller } from "../caller.ts";
import { enforce } from "../policy.ts";
import type { Query } from "../request-check.ts";
import type { RouteDefinition } from "../route.ts";
import { reachableServerGroup } from "../services/find-server-group.ts";
import { flag, limitOf, text } from "../services/paging.ts";
import { serverGroupView } from "../views/server-group.ts";

/** What the database takes as one. */
const furthestOffset = 2 ** 31 - 1;

/** GET and POST /os-server-groups; GET and DELETE of one. */
export const serverGroupRoutes = (store: Store): readonly RouteDefinition[] => [
  {
    operation: "listServerGroups",
    access: "rule",
    rule: "os_compute_api:os-server-groups:index",
    handle: async ({ query, caller, minor }) => {
      const limit = limitOf(query);
      const offset = Math.min(Number(text(query, "offset") ?? 0), furthestOffset);
      const groups = await store.serverGroups.page(scopeOf(query, caller), { limit, offset });
      return { body: { server_groups: groups.map((group) => serverGroupView(group, minor)) } };
    },
  },
  {
    operation: "createServerGroup",
    access: "rule",
    rule: "os_compute_api:os-server-groups:create",
    handle: async ({ body, caller, minor }) => {
      const { server_group: asked } = body as { server_group: NewGroupBody };
      const owner = { projectId: caller.projectId ?? "", userId: caller.userId };
      const group = await store.serverGroups.add({ ...owner, name: asked.name, ...ruleOf(asked) });
      return { body: { server_group: serverGroupView(group, minor) } };
    },
  },
  {
    operation: "showServerGroup",
    access: "rule",
    rule: "os_compute_api:os-server-groups:show",
    handle: async ({ params, caller, minor }) => {
      const group = await reachableServerGroup(store, params.server_group_id ?? "", caller);
      return { body: { server_group: serverGroupView(group, minor) } };
    },
  },
  {
    operation: "deleteServerGroup",
    access: "rule",
    rule: "os_compute_api:os-server-groups:delete",
    handle: async ({ params, caller }) => {
      const group = await reachableServerGroup(store, params.server_group_id ?? "", caller);
      await store.serverGroups.remove(group.id);
      return { status: 204 };
    },
  },
];

interface NewGroupBody {
  readonly name: string;
  readonly policy?: GroupPolicy;
  readonly policies?: readonly GroupPolicy[];
  readonly rules?: { readonly max_server_per_host?: number | string };
}

/** Throws VALIDATION_FAILED for rules that the policy does not have, or that are no number of servers. */
function ruleOf({ policy, policies = [], rules = {} }: NewGroupBody): GroupRule {
  const chosen = policy ?? policies[0];
  if (chosen === undefined) throw new Error("The contract let a server group without a policy pass.");
  const { max_server_per_host: most } = rules;
  if (most === undefined) return { policy: chosen, maxServerPerHost: null };
  if (chosen !== "anti-affinity") throw fail("VALIDATION_FAILED", { sentence: "Only anti-affinity policy supports rules." });
  const maxServerPerHost = Number(most);
  if (maxServerPerHost >= 1 && maxServerPerHost <= largest) return { policy: chosen, maxServerPerHost };
  const sentence = `Invalid input for field/attribute max_server_per_host. Value: ${most}. It must be from 1 to ${largest}`;
  throw fail("VALIDATION_FAILED", { sentence });
}

const largest = 2_147_483_647;

/** The project to list; null: all. */
function scopeOf(query: Query, caller: Caller): string | null {
  if (flag(query, "all_projects") !== true) return caller.projectId ?? "";
  enforce(caller, "os_compute_api:os-server-groups:index:all_projects");
  return null;
}
