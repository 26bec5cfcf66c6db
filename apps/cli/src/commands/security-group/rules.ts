import type { Command } from "commander";
import type { Api } from "../../api/connect.ts";
import { addRule, deleteRule, findGroup, type NewRule } from "../../api/security-groups.ts";
import { CliError } from "../../cli-error.ts";
import type { Context } from "../../context.ts";
import { rulesTable } from "../../output/security-group-text.ts";
import { type Outcome, secgroupCommand } from "./secgroup-command.ts";

const group = ["<group>", "name or id of the group"] as const;
const first = "first port; for icmp the type, -1 for all";
const last = "last port; for icmp the code, -1 for all";

async function add(api: Api, rule: NewRule): Promise<Outcome> {
  const security_group_rule = await addRule(api, rule);
  return { value: { security_group_rule }, text: () => rulesTable([security_group_rule]) };
}

/** `ferry secgroup-add-rule|add-group-rule|delete-rule`, with the arguments of Nova's client. */
export const secgroupRuleCommands = (context: Context): Command[] => [
  secgroupCommand(
    context,
    {
      name: "secgroup-add-rule",
      summary: "Let something in from a network",
      examples: [
        ["ferry secgroup-add-rule web tcp 80 80 0.0.0.0/0", "one port, from everywhere"],
        ["ferry secgroup-add-rule web icmp -1 -1 10.0.0.0/8", "pings and all other ICMP"],
      ],
      args: [group, ["<protocol>", "tcp, udp or icmp"], ["<from>", first], ["<to>", last], ["<cidr>", "senders' network, IPv4 or IPv6"]],
    },
    async (api, [name = "", ip_protocol = "", from_port = "", to_port = "", cidr = ""]) =>
      await add(api, { parent_group_id: (await findGroup(api, name)).id, ip_protocol, from_port, to_port, cidr }),
  ),
  secgroupCommand(
    context,
    {
      name: "secgroup-add-group-rule",
      summary: "Let something in from the members of a group",
      examples: [
        ["ferry secgroup-add-group-rule db web tcp 5432 5432", "one port"],
        ["ferry secgroup-add-group-rule db web", "everything"],
      ],
      args: [
        group,
        ["<source-group>", "group whose members are let in"],
        ["[protocol]", "tcp, udp or icmp; without it, everything"],
        ["[from]", first],
        ["[to]", last],
      ],
    },
    async (api, [name = "", source = "", ip_protocol = null, from_port = null, to_port = null]) => {
      const [{ id: parent_group_id }, { id: group_id }] = [await findGroup(api, name), await findGroup(api, source)];
      return await add(api, { parent_group_id, group_id, ip_protocol, from_port, to_port });
    },
  ),
  secgroupCommand(
    context,
    {
      name: "secgroup-delete-rule",
      summary: "Take a rule away; an exchange that it let in ends",
      examples: [
        ["ferry secgroup-delete-rule web tcp 80 80 0.0.0.0/0", "by what it lets in"],
        ["ferry secgroup-delete-rule 3f0c7f6e-0d0a-4b0e-9a3e-6b3f2d1c9a77", "by its id, from ferry secgroup-show"],
      ],
      args: [
        ["<group-or-rule>", "name or id of the group, or alone the id of the rule"],
        ["[protocol]", "tcp, udp or icmp"],
        ["[from]", first],
        ["[to]", last],
        ["[cidr]", "senders' network"],
      ],
    },
    async (api, args) => {
      const id = args.length === 1 ? (args[0] ?? "") : await ruleLike(api, args);
      await deleteRule(api, id);
      return { value: { deleted: id }, text: () => `Deleted security group rule ${id}.` };
    },
  ),
];

/** The id of the rule that lets just that in. Throws SECURITY_GROUP_RULE_NOT_FOUND. */
async function ruleLike(api: Api, [name = "", protocol, from, to, cidr]: readonly string[]): Promise<string> {
  const { rules } = await findGroup(api, name);
  const found = rules.find(
    (rule) =>
      rule.ip_protocol === protocol?.toLowerCase() &&
      String(rule.from_port) === from &&
      String(rule.to_port) === to &&
      rule.ip_range.cidr === cidr,
  );
  if (found !== undefined) return found.id;
  const words = [protocol, from, to, cidr].filter((word) => word !== undefined).join(" ");
  throw new CliError("SECURITY_GROUP_RULE_NOT_FOUND", `Security group ${name} has no rule ${words}.`, {
    remedy: `Look with "ferry secgroup-show ${name}" which rules it has.`,
  });
}
