import type { StoredServerGroup } from "@ferry/store";

/** A server group in Nova's words at the microversion. */
export function serverGroupView(group: StoredServerGroup, minor: number) {
  const { id, name, members, policy, maxServerPerHost, projectId, userId } = group;
  const rules = maxServerPerHost === null ? {} : { max_server_per_host: maxServerPerHost };
  return {
    id,
    name,
    members,
    ...(minor >= 64 ? { policy, rules } : { policies: [policy], metadata: {} }),
    ...(minor >= 13 ? { project_id: projectId, user_id: userId } : {}),
  };
}
