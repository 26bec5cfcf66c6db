import { fail, isUuid } from "@ferry/core";
import type { Store } from "@ferry/store";
import { reaches } from "../caller.ts";
import type { RouteDefinition } from "../route.ts";
import { groupOfProject, reachableGroup } from "../services/find-security-group.ts";
import { type RuleInput, readCidr, readMatch } from "../services/read-security-rule.ts";
import { securityGroupRuleView } from "../views/security-group.ts";

interface RuleBody {
  readonly security_group_rule: RuleInput & { readonly parent_group_id: string };
}

/** POST /os-security-group-rules, and DELETE of one. */
export const securityGroupRuleRoutes = (store: Store): readonly RouteDefinition[] => [
  {
    operation: "createSecurityGroupRule",
    access: "rule",
    rule: "os_compute_api:os-security-groups:rule:create",
    handle: async ({ body, caller }) => {
      const { security_group_rule: asked } = body as RuleBody;
      const parent = await reachableGroup(store, asked.parent_group_id, caller);
      const match = readMatch(asked);
      const remote = asked.group_id ? await groupOfProject(store, parent.projectId, asked.group_id) : null;
      const sender = remote ? { cidr: null, remoteGroupId: remote.id } : { cidr: readCidr(asked.cidr), remoteGroupId: null };
      const rule = await store.securityGroups.addRule({ groupId: parent.id, ...match, ...sender });
      return { body: { security_group_rule: securityGroupRuleView(rule) } };
    },
  },
  {
    operation: "deleteSecurityGroupRule",
    access: "rule",
    rule: "os_compute_api:os-security-groups:rule:delete",
    handle: async ({ params, caller }) => {
      const id = params.rule_id ?? "";
      const rule = isUuid(id) ? await store.securityGroups.findRule(id) : null;
      if (rule === null || !reaches(caller, rule.projectId)) throw fail("SECURITY_GROUP_RULE_NOT_FOUND", { id });
      await store.securityGroups.removeRule(id);
      return { status: 202 };
    },
  },
];
