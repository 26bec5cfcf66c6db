import { copies } from "../move-plan.ts";
import { planDisks } from "../policy/plan-disks.ts";
import { pass, refuse, withBoth } from "./check.ts";

/** ferry never writes into a file that it did not make (CVE-2013-7130): the target paths must be free. */
export const diskPathsFree = withBoth("disk-paths-free", (facts) => {
  const taken = copies({ disks: planDisks(facts) }).find((disk) => facts.destination.volumes[disk.path]);
  if (!taken) return pass("The target paths of all copied disks are free.");
  return refuse(
    `${taken.path} exists on ${facts.destination.record.name}; ferry does not overwrite files that it did not make.`,
    "Look what it is; move or delete it there, then try again.",
  );
});
