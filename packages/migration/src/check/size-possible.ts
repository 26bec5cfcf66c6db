import { planDisks } from "../policy/plan-disks.ts";
import { planResize } from "../policy/plan-resize.ts";
import { pass, refuse, withBoth } from "./check.ts";

/** Whether the server can get the size that was asked for, at a destination where nothing of its old one changes. */
export const sizePossible = withBoth("size-possible", (facts) => {
  const plan = planResize(facts, planDisks(facts));
  if (plan === null) return pass("The server keeps its size.");
  const { serverName } = facts.order;
  if ("reason" in plan) return refuse(`Cannot resize server ${serverName}: ${plan.reason}.`, plan.remedy);
  return pass(`The server can have ${plan.memoryMiB} MiB of memory and ${plan.vcpus} processors.`);
});
