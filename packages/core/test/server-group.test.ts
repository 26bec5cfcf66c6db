import { expect, test } from "vitest";
import { type GroupRule, groupObstacle, groupWeight, type MembersByHost } from "../src/server-group.ts";

const affinity: GroupRule = { policy: "affinity", maxServerPerHost: null };
const apart: GroupRule = { policy: "anti-affinity", maxServerPerHost: null };
const pairs: GroupRule = { policy: "anti-affinity", maxServerPerHost: 2 };

test.each<[string, GroupRule, MembersByHost, boolean]>([
  ["the first of affinity may be anywhere", affinity, {}, true],
  ["affinity keeps together", affinity, { a: 1 }, true],
  ["affinity keeps away from others", affinity, { b: 1 }, false],
  ["affinity allows each host that has a member", affinity, { a: 1, b: 3 }, true],
  ["the first of anti-affinity may be anywhere", apart, {}, true],
  ["anti-affinity keeps apart", apart, { a: 1 }, false],
  ["anti-affinity leaves other hosts free", apart, { b: 5 }, true],
  ["two to a host: one there", pairs, { a: 1 }, true],
  ["two to a host: two there", pairs, { a: 2 }, false],
  ["soft affinity forbids nothing", { policy: "soft-affinity", maxServerPerHost: null }, { b: 1 }, true],
  ["soft anti-affinity forbids nothing", { policy: "soft-anti-affinity", maxServerPerHost: null }, { a: 4 }, true],
])("%s", (_, rule, others, allowed) => {
  expect(groupObstacle({ ...rule, others }, "a") === null).toBe(allowed);
});

test.each<[GroupRule["policy"], string]>([
  ["affinity", "full"],
  ["soft-affinity", "full"],
  ["anti-affinity", "empty"],
  ["soft-anti-affinity", "empty"],
])("%s likes the %s host better", (policy, liked) => {
  const situation = { policy, maxServerPerHost: null, others: { full: 2 } };
  const best = ["full", "empty"].toSorted((a, b) => groupWeight(situation, b) - groupWeight(situation, a))[0];
  expect(best).toBe(liked);
});
