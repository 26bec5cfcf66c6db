import { planDisks } from "../policy/plan-disks.ts";
import { pass, refuse, withBoth } from "./check.ts";

/** Every disk is either shared or can be copied; the first that cannot is named with its remedy. */
export const disksMovable = withBoth("disks-movable", (facts) => {
  const disks = planDisks(facts);
  const stuck = disks.find((disk) => disk.action === "immovable");
  if (stuck?.action === "immovable") return refuse(`Disk ${stuck.target} cannot move: ${stuck.reason}.`, stuck.remedy);
  return pass(disks.length === 0 ? "The server has no disks." : `Every disk can move: ${disks.map((disk) => disk.target).join(", ")}.`);
});
