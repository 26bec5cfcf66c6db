import type { Command } from "commander";
import { createGroup, deleteGroup, findGroup, listGroups } from "../../api/security-groups.ts";
import type { Context } from "../../context.ts";
import { escapeControls } from "../../output/escape.ts";
import { groupsTable, groupText } from "../../output/security-group-text.ts";
import { secgroupCommand } from "./secgroup-command.ts";

const group = ["<group>", "name or id of the group"] as const;

/** `ferry secgroup-list|show|create|delete`. */
export const secgroupCommands = (context: Context): Command[] => [
  secgroupCommand<{ allTenants?: true }>(
    context,
    { name: "secgroup-list", summary: "List security groups", examples: [["ferry secgroup-list", "the groups of your project"]], args: [] },
    async (api, _args, { allTenants = false }) => {
      const security_groups = await listGroups(api, allTenants);
      return { value: { security_groups }, text: () => groupsTable(security_groups) };
    },
    (command) => command.option("--all-tenants", "of all projects; for administrators"),
  ),
  secgroupCommand(
    context,
    {
      name: "secgroup-show",
      summary: "Show a security group and its rules",
      examples: [["ferry secgroup-show web", "what web lets in, with the rules' ids"]],
      args: [group],
    },
    async (api, [name = ""]) => {
      const security_group = await findGroup(api, name);
      return { value: { security_group }, text: () => groupText(security_group) };
    },
  ),
  secgroupCommand(
    context,
    {
      name: "secgroup-create",
      summary: "Make a security group, which lets nothing in yet",
      examples: [['ferry secgroup-create web "web servers"', "then: ferry secgroup-add-rule web tcp 80 80 0.0.0.0/0"]],
      args: [
        ["<name>", "its name"],
        ["[description]", "what it is for"],
      ],
    },
    async (api, [name = "", description = ""]) => {
      const security_group = await createGroup(api, name, description);
      return { value: { security_group }, text: () => groupText(security_group) };
    },
  ),
  secgroupCommand(
    context,
    {
      name: "secgroup-delete",
      summary: "Delete a security group that no server is in",
      examples: [["ferry secgroup-delete web", "with its rules, and those that let its members in"]],
      args: [group],
    },
    async (api, [name = ""]) => {
      await deleteGroup(api, await findGroup(api, name));
      return { value: { deleted: name }, text: () => `Deleted security group ${escapeControls(name)}.` };
    },
  ),
];
