import { fail } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { askBoth } from "../migrate/ask-both.ts";
import { powerOf } from "../migrate/note-power.ts";
import type { MigrationPorts } from "../ports.ts";

/**
 * Removes the source's definition while the guest stands still: from here on it can be started at the destination only. Its disks stay. Nothing is
 * removed unless both hosts answer, the destination defines the guest and the source has it off.
 */
export const withdrawSourceDefinition: Step<MigrationPorts, null> = {
  name: "withdraw-source-definition",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    const { source, destination } = await askBoth(plan, ports);
    if (destination.kind !== "present" || !destination.persistent)
      throw fail("WHEREABOUTS_UNKNOWN", { reason: "the destination does not define the server, so the source's definition stays" });
    if (source.kind === "absent") return null;
    if (powerOf(source) !== "off")
      throw fail("WHEREABOUTS_UNKNOWN", { reason: "the source is not seen to have it off, so it is not let go on at the destination" });
    await (await ports.hosts.host(plan.sourceId)).hypervisor.undefine(plan.guest.uuid);
    return null;
  },
  undo: { none: "after the handover the plan only goes forward" },
};
