import type { DiskPlan } from "../move-plan.ts";
import { planDisks } from "../policy/plan-disks.ts";
import { pass, refuse, withBoth } from "./check.ts";

/**
 * Nova #31 and #34: `block_migration` true wants local disks, false wants shared storage, `auto` takes each disk as it is. Disks behind QEMU's own
 * network drivers are Nova's volumes: they hinder a block migration only when there is nothing to copy beside them. A shared medium in a drive
 * hinders none; a local one (an ISO image, a config drive) is a local disk, as in Nova.
 */
export const parameters = withBoth("parameters", (facts) => {
  const actions = new Map(planDisks(facts).map((plan) => [plan.target, plan.action]));
  const targetsOf = (...wanted: DiskPlan["action"][]) =>
    facts.source.guest.disks.filter((disk) => wanted.includes(actions.get(disk.target) ?? "none"));
  const [shared, local] = [targetsOf("shared").filter(({ device }) => device === "disk"), targetsOf("copy", "bring")];
  const hindering = local.length === 0 ? shared : shared.filter((disk) => disk.source.type !== "network");
  const { blockMigration } = facts.order;
  const { name } = facts.source.record;
  if (blockMigration === true && hindering.length > 0) {
    return refuse(
      `${name} is not on local storage: Block migration can not be used with shared storage. Shared: ${words(hindering)}.`,
      "Leave --block-migrate out, or say block_migration auto.",
    );
  }
  if (blockMigration === false && local.length > 0) {
    return refuse(
      `${name} is not on shared storage: Shared storage live-migration requires either shared storage or boot-from-volume with no local disks. Local: ${words(local)}.`,
      "Ask for block migration (--block-migrate), or say block_migration auto.",
    );
  }
  return pass(`Disks to copy: ${words(local)}; shared: ${words(shared)}.`);
});

const words = (disks: readonly { readonly target: string }[]): string => disks.map((disk) => disk.target).join(", ") || "none";
