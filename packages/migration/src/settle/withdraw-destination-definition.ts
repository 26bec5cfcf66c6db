import { fail } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { askBoth } from "../migrate/ask-both.ts";
import { powerOf } from "../migrate/note-power.ts";
import type { MigrationPorts } from "../ports.ts";

/** Removes the destination's definition while the guest stands still and the source defines it: from here on it can be started at the source only. */
export const withdrawDestinationDefinition: Step<MigrationPorts, null> = {
  name: "withdraw-destination-definition",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    const { source, destination } = await askBoth(plan, ports);
    if (source.kind !== "present" || !source.persistent)
      throw fail("WHEREABOUTS_UNKNOWN", { reason: "the source does not define the server, so the destination's definition stays" });
    if (destination.kind === "absent") return null;
    if (powerOf(destination) !== "off")
      throw fail("WHEREABOUTS_UNKNOWN", { reason: "the destination is not seen to have it off, so it is not started at the source" });
    await (await ports.hosts.host(plan.destinationId)).hypervisor.undefine(plan.guest.uuid);
    return null;
  },
  undo: { none: "a reversal only goes forward" },
};
