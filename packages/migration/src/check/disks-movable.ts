import { planDisks } from "../policy/plan-disks.ts";
import { pass, refuse, warn, withBoth } from "./check.ts";

/** Cache modes with which libvirt takes a move over shared files for safe on any file system. */
const safeCaches: readonly string[] = ["none", "directsync"];

/** Every disk is either shared or can be copied; the first that cannot is named with its remedy. */
export const disksMovable = withBoth("disks-movable", (facts) => {
  const plans = planDisks(facts);
  const stuck = plans.find((disk) => disk.action === "immovable");
  if (stuck?.action === "immovable") return refuse(`Disk ${stuck.target} cannot move: ${stuck.reason}.`, stuck.remedy);
  const cached = facts.source.guest.disks.find((disk) => {
    const isShared = plans.some((plan) => plan.target === disk.target && plan.action === "shared");
    return isShared && disk.source.type !== "network" && !disk.readOnly && !safeCaches.includes(disk.cache ?? "default");
  });
  if (cached) {
    return warn(
      `Disk ${cached.target} is on shared storage with cache mode ${cached.cache ?? "default"}; libvirt moves it only on a cluster file system.`,
      "Set cache='none' in its definition and restart the server, unless the storage is a cluster file system.",
    );
  }
  return pass(plans.length === 0 ? "The server has no disks." : `Every disk can move: ${plans.map((disk) => disk.target).join(", ")}.`);
});
