import type { SecurityGroup, SecurityGroupRule, ServerFirewall } from "../api/security-groups.ts";
import { type Cell, renderFields, renderTable } from "./table.ts";

export const groupsTable = (groups: readonly SecurityGroup[]): string =>
  renderTable(
    ["id", "name", "description", "rules"],
    groups.map(({ id, name, description, rules }) => [id, name, description, rules.length]),
  );

export const groupText = ({ rules, ...group }: SecurityGroup): string =>
  [
    renderFields([
      ["id", group.id],
      ["name", group.name],
      ["description", group.description],
      ["project", group.tenant_id],
    ]),
    rulesTable(rules),
  ].join("\n\n");

export function rulesTable(rules: readonly SecurityGroupRule[]): string {
  if (rules.length === 0) return "No rules: nothing is let in but answers.";
  return renderTable(
    ["id", "protocol", "from", "to", "senders"],
    rules.map((rule) => [rule.id, rule.ip_protocol ?? "any", rule.from_port, rule.to_port, senders(rule)]),
  );
}

const senders = ({ group, ip_range }: SecurityGroupRule): Cell => ip_range.cidr ?? `group ${group.name}`;

export function serverGroupsText(groups: readonly SecurityGroup[], firewall: ServerFirewall): string {
  const table = groups.length > 0 ? groupsTable(groups) : "In no security group.";
  return `${table}\n${firewallSentence(firewall)}`;
}

function firewallSentence({ guarded, pending, problem }: ServerFirewall): string {
  if (!guarded) return "Not guarded: what is sent to it arrives.";
  if (!pending) return "In force.";
  return problem === null ? "Not in force yet." : `Not in force yet; tried again by itself. ${problem}`;
}
