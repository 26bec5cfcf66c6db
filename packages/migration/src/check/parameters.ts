import { planDisks } from "../policy/plan-disks.ts";
import { type Check, pass, refuse } from "./check.ts";

/** Nova's meaning of `block_migration`: true wants local disks, false wants shared storage, `auto` takes each disk as it is. */
export const parameters: Check = {
  key: "parameters",
  judge: (facts) => {
    const disks = planDisks(facts);
    const shared = disks.filter((disk) => disk.action === "shared").map((disk) => disk.target);
    const local = disks.filter((disk) => disk.action === "copy").map((disk) => disk.target);
    const { blockMigration } = facts.order;
    const source = facts.source.record.name;
    if (blockMigration === true && shared.length > 0) {
      return refuse(
        `${source} is not on local storage: Block migration can not be used with shared storage. (${shared.join(", ")})`,
        "Leave --block-migrate out, or say block_migration auto.",
      );
    }
    if (blockMigration === false && local.length > 0) {
      return refuse(
        `${source} is not on shared storage: Shared storage live-migration requires either shared storage or boot-from-volume with no local disks. (${local.join(", ")})`,
        "Ask for block migration (--block-migrate), or say block_migration auto.",
      );
    }
    return pass(`Disks to copy: ${local.join(", ") || "none"}; shared: ${shared.join(", ") || "none"}.`);
  },
};
