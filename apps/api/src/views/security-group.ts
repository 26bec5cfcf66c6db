import type { StoredSecurityGroup, StoredSecurityGroupRule } from "@ferry/core";

/** A group in Nova's words. */
export const securityGroupView = ({ id, name, description, projectId, rules }: StoredSecurityGroup) => ({
  id,
  name,
  description,
  tenant_id: projectId,
  rules: rules.map(securityGroupRuleView),
});

/** A rule in Nova's words: all types and codes of ICMP are -1, all protocols null. */
export function securityGroupRuleView({ id, groupId, protocol, fromPort, toPort, cidr, remoteGroup }: StoredSecurityGroupRule) {
  const all = protocol === "icmp" ? -1 : null;
  return {
    id,
    parent_group_id: groupId,
    ip_protocol: protocol,
    from_port: fromPort ?? all,
    to_port: toPort ?? all,
    group: remoteGroup === null ? {} : { name: remoteGroup.name, tenant_id: remoteGroup.projectId },
    ip_range: cidr === null ? {} : { cidr },
  };
}
