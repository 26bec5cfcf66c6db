import type { QuotaLimits } from "@ferry/core";
import type { QuotaUsage } from "@ferry/store";

type View = Record<string, unknown>;

/** What Nova limited before 2.36 (the network service does since) and before 2.57. ferry has no such limits; a quota of these is never another. */
export const networkQuotas = { fixed_ips: -1, floating_ips: -1, security_groups: -1, security_group_rules: -1 } as const;
export const injectionQuotas = { injected_files: 5, injected_file_content_bytes: 10_240, injected_file_path_bytes: 255 } as const;

/** The quotas of a project at the microversion. */
export const quotaView = (limits: QuotaLimits, minor: number): Record<string, number> => ({
  ...limits,
  ...(minor < 36 ? networkQuotas : {}),
  ...(minor < 57 ? injectionQuotas : {}),
});

/** The quotas of the class; groups of servers joined it late, networks left it late. */
export function quotaClassView(limits: QuotaLimits, minor: number): Record<string, number> {
  const { server_groups, server_group_members, ...rest } = limits;
  return {
    ...rest,
    ...(minor >= 50 ? { server_groups, server_group_members } : networkQuotas),
    ...(minor < 57 ? injectionQuotas : {}),
  };
}

/** The quotas with what is in use. What is counted for a user, a server or a group, not for the project, shows none, as in Nova. */
export function quotaDetailsView(limits: QuotaLimits, used: QuotaUsage, minor: number): View {
  const counts: Readonly<Record<string, number>> = {
    instances: used.instances,
    cores: used.cores,
    ram: used.ram,
    server_groups: used.serverGroups,
    security_groups: used.securityGroups,
  };
  const entries = Object.entries(quotaView(limits, minor));
  return Object.fromEntries(entries.map(([name, limit]) => [name, { in_use: counts[name] ?? 0, limit, reserved: 0 }]));
}

/** The absolute limits of GET /limits. */
export const limitsView = (limits: QuotaLimits, used: QuotaUsage, minor: number): View => ({
  maxTotalInstances: limits.instances,
  maxTotalCores: limits.cores,
  maxTotalRAMSize: limits.ram,
  maxServerMeta: limits.metadata_items,
  maxTotalKeypairs: limits.key_pairs,
  maxServerGroups: limits.server_groups,
  maxServerGroupMembers: limits.server_group_members,
  totalInstancesUsed: used.instances,
  totalCoresUsed: used.cores,
  totalRAMUsed: used.ram,
  totalServerGroupsUsed: used.serverGroups,
  ...(minor < 36 ? networkLimits(used) : {}),
  ...(minor < 39 ? { maxImageMeta: limits.metadata_items } : {}),
  ...(minor < 57
    ? { maxPersonality: injectionQuotas.injected_files, maxPersonalitySize: injectionQuotas.injected_file_content_bytes }
    : {}),
});

const networkLimits = (used: QuotaUsage): View => ({
  maxTotalFloatingIps: networkQuotas.floating_ips,
  totalFloatingIpsUsed: 0,
  maxSecurityGroups: networkQuotas.security_groups,
  maxSecurityGroupRules: networkQuotas.security_group_rules,
  totalSecurityGroupsUsed: used.securityGroups,
});
