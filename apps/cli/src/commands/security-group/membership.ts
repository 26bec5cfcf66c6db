import type { Command } from "commander";
import { groupsOfServer } from "../../api/security-groups.ts";
import { actOnServer } from "../../api/server-actions.ts";
import { findServer } from "../../api/servers.ts";
import type { Context } from "../../context.ts";
import { escapeControls } from "../../output/escape.ts";
import { serverGroupsText } from "../../output/security-group-text.ts";
import { type SecgroupDeed, secgroupCommand } from "./secgroup-command.ts";

const server = ["<server>", "name or id of the server"] as const;
const group = ["<group>", "name or id of the group"] as const;

const change =
  (action: "addSecurityGroup" | "removeSecurityGroup"): SecgroupDeed<object> =>
  async (api, [name = "", groupName = ""]) => {
    const found = await findServer(api, name);
    await actOnServer(api, found, { [action]: { name: groupName } });
    const look = `ferry list-secgroup ${escapeControls(found.name)}`;
    return { value: { server: found.id, [action]: groupName }, text: () => `Accepted; "${look}" shows when it is in force.` };
  };

/** `ferry add-secgroup|remove-secgroup|list-secgroup`. */
export const membershipCommands = (context: Context): Command[] => [
  secgroupCommand(
    context,
    {
      name: "add-secgroup",
      summary: "Guard a server by a security group, while it runs",
      examples: [["ferry add-secgroup lm001 web", "what no rule of its groups lets in stays out from now on"]],
      args: [server, group],
    },
    change("addSecurityGroup"),
  ),
  secgroupCommand(
    context,
    {
      name: "remove-secgroup",
      summary: "Take a server out of a security group",
      examples: [["ferry remove-secgroup lm001 web", "it stays guarded: without any group nothing is let in"]],
      args: [server, group],
    },
    change("removeSecurityGroup"),
  ),
  secgroupCommand(
    context,
    {
      name: "list-secgroup",
      summary: "List the security groups of a server, and whether they are in force",
      examples: [["ferry list-secgroup lm001", "with what keeps a change from being in force"]],
      args: [server],
    },
    async (api, [name = ""]) => {
      const { groups, firewall } = await groupsOfServer(api, await findServer(api, name));
      return { value: { security_groups: groups, firewall }, text: () => serverGroupsText(groups, firewall) };
    },
  ),
];
