import type { MoveFacts } from "../facts.ts";
import type { BringPlan, CopyPlan, DiskPlan } from "../move-plan.ts";
import { immovable } from "./disk-words.ts";
import { planDisk } from "./plan-disk.ts";

/** Decides for each disk what the move does with it. Pure: facts of both hosts in, plan out. */
export function planDisks(facts: MoveFacts): DiskPlan[] {
  const plans = (facts.source.guest?.disks ?? []).map((disk) => planDisk(disk, facts));
  const incremental = plans.some((plan) => plan.action === "copy" && plan.backing !== null);
  return plans.map((plan, index) => {
    if (plan.action !== "copy" && plan.action !== "bring") return plan;
    return samePlace(plan, plans.slice(0, index)) ?? (incremental && plan.action === "copy" ? wholeImage(plan, facts) : plan);
  });
}

/** Two files of different directories may meet in one pool. One medium in two drives is one file. */
function samePlace(plan: CopyPlan | BringPlan, earlier: readonly DiskPlan[]): DiskPlan | null {
  const twin = earlier.find((other) => (other.action === "copy" || other.action === "bring") && other.path === plan.path);
  if (!twin || (plan.action === "bring" && twin.action === "bring" && twin.sourcePath === plan.sourcePath)) return null;
  return immovable(plan.target, `it would get the place of disk ${twin.target}, ${plan.path}`, "Define a dir pool on its directory there.");
}

/** Beside a disk of which only the top layer is copied, one whose lower layers are not declared would lose them. */
function wholeImage(plan: CopyPlan, facts: MoveFacts): DiskPlan {
  const below = facts.source.disks.find((one) => one.target === plan.target)?.volume?.backing;
  if (plan.backing !== null || plan.format !== "qcow2" || !below) return plan;
  return immovable(
    plan.target,
    `its image stands on ${below.path}, which its live definition does not declare`,
    "Declare the backing chain in the definition and restart the guest, or flatten the disk.",
  );
}
