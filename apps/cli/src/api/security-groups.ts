import type { components } from "@ferry/contract";
import { isUuid } from "@ferry/core";
import { CliError } from "../cli-error.ts";
import { type Api, microversionHeader } from "./connect.ts";
import { answered } from "./fault.ts";
import type { ServerRef } from "./servers.ts";

export type SecurityGroup = components["schemas"]["SecurityGroup"];
export type SecurityGroupRule = components["schemas"]["SecurityGroupRule"];
export type ServerFirewall = components["schemas"]["ServerFirewall"]["firewall"];
export type NewRule = components["schemas"]["SecurityGroupRuleInput"]["security_group_rule"];

/** The newest microversion that has security groups; from the next on Nova leaves them to the network service. */
const headers = { [microversionHeader]: "compute 2.35" };
const findRemedy = 'Look with "ferry secgroup-list" which groups there are.';

export async function listGroups(api: Api, everywhere = false): Promise<SecurityGroup[]> {
  const query = everywhere ? { all_tenants: "1" } : {};
  return answered(await api.client.GET("/v2.1/os-security-groups", { params: { query }, headers })).security_groups;
}

/** By id, or by its name in the caller's project. Throws SECURITY_GROUP_NOT_FOUND. */
export async function findGroup(api: Api, text: string): Promise<SecurityGroup> {
  const named = (await listGroups(api)).find(({ id, name }) => name === text || id === text.toLowerCase());
  if (named !== undefined) return named;
  if (isUuid(text.toLowerCase())) return await showGroup(api, text.toLowerCase());
  throw new CliError("SECURITY_GROUP_NOT_FOUND", `Security group ${text} not found.`, { remedy: findRemedy });
}

const pathOf = (id: string) => ({ params: { path: { security_group_id: id } }, headers });

const showGroup = async (api: Api, id: string): Promise<SecurityGroup> =>
  answered(await api.client.GET("/v2.1/os-security-groups/{security_group_id}", pathOf(id))).security_group;

export const createGroup = async (api: Api, name: string, description: string): Promise<SecurityGroup> =>
  answered(await api.client.POST("/v2.1/os-security-groups", { headers, body: { security_group: { name, description } } })).security_group;

export async function deleteGroup(api: Api, { id }: SecurityGroup): Promise<void> {
  answered(await api.client.DELETE("/v2.1/os-security-groups/{security_group_id}", pathOf(id)));
}

export const addRule = async (api: Api, rule: NewRule): Promise<SecurityGroupRule> =>
  answered(await api.client.POST("/v2.1/os-security-group-rules", { headers, body: { security_group_rule: rule } })).security_group_rule;

export async function deleteRule(api: Api, id: string): Promise<void> {
  answered(await api.client.DELETE("/v2.1/os-security-group-rules/{rule_id}", { params: { path: { rule_id: id } }, headers }));
}

/** The groups that a server is in, and whether its host has their rules in force. */
export async function groupsOfServer(api: Api, { id }: ServerRef): Promise<{ groups: SecurityGroup[]; firewall: ServerFirewall }> {
  const params = { path: { server_id: id } };
  const [groups, firewall] = await Promise.all([
    api.client.GET("/v2.1/servers/{server_id}/os-security-groups", { params }),
    api.client.GET("/ferry/v1/servers/{server_id}/firewall", { params }),
  ]);
  return { groups: answered(groups).security_groups, firewall: answered(firewall).firewall };
}
