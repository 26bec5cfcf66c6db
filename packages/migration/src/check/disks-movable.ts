import type { DiskPlan } from "../move-plan.ts";
import { planDisks } from "../policy/plan-disks.ts";
import { pass, refuse, withBoth } from "./check.ts";

/** Every disk is shared, can be copied or can be brought; the first that cannot is named with its remedy, and of the others what decided. */
export const disksMovable = withBoth("disks-movable", (facts) => {
  const plans = planDisks(facts);
  const stuck = plans.find((disk) => disk.action === "immovable");
  if (stuck?.action === "immovable") return refuse(`Disk ${stuck.target} cannot move: ${stuck.reason}.`, stuck.remedy);
  return pass(plans.length === 0 ? "The server has no disks." : `Every disk can move: ${plans.map(decision).join("; ")}.`);
});

const words: Readonly<Record<DiskPlan["action"], string>> = {
  copy: "is copied",
  bring: "is brought",
  shared: "is shared",
  none: "stays",
  immovable: "cannot move",
};

const decision = ({ target, action, reason }: DiskPlan): string => `${target} ${words[action]} (${reason})`;
