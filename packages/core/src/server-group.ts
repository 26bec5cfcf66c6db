/** Nova's policies of a server group: members on one host, or each on another one; `soft-` where that can be had, and elsewhere where not. */
export const groupPolicies = ["affinity", "anti-affinity", "soft-affinity", "soft-anti-affinity"] as const;
export type GroupPolicy = (typeof groupPolicies)[number];

/** What a server group asks of the hosts of its members. */
export interface GroupRule {
  readonly policy: GroupPolicy;
  /** Of anti-affinity: that many members may share a host; null: one. */
  readonly maxServerPerHost: number | null;
}

/** Where the other members of a server's group are: host id -> how many. Empty: nowhere yet. */
export type MembersByHost = Readonly<Record<string, number>>;

/** A rule, and what it is to be judged against. */
export interface GroupSituation extends GroupRule {
  readonly others: MembersByHost;
}

/** Pure: why the group keeps one more member away from the host, as a phrase; null: it does not. The soft policies never do. */
export function groupObstacle({ policy, maxServerPerHost, others }: GroupSituation, hostId: string): string | null {
  const there = others[hostId] ?? 0;
  if (policy === "affinity" && Object.keys(others).length > 0 && there === 0)
    return "the server's group is together on another host (affinity)";
  const most = maxServerPerHost ?? 1;
  if (policy === "anti-affinity" && there >= most)
    return `${there} of the server's group ${there === 1 ? "is" : "are"} there, at most ${most} may be (anti-affinity)`;
  return null;
}

/** Pure: how much the group likes the host; the greater, the better. */
export function groupWeight({ policy, others }: GroupSituation, hostId: string): number {
  const there = others[hostId] ?? 0;
  return policy.endsWith("anti-affinity") ? 0 - there : there;
}

/** The situation of a server that is evacuated: those that were left on the dead host are about to leave it, and hold nobody there. */
export const withoutDeadHost = (group: GroupSituation, deadHostId: string): GroupSituation => ({
  ...group,
  others: Object.fromEntries(Object.entries(group.others).filter(([hostId]) => hostId !== deadHostId)),
});
