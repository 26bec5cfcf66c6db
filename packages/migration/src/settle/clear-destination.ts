import { fail } from "@ferry/core";
import type { AnyStep, Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { askBoth } from "../migrate/ask-both.ts";
import type { MigrationPorts } from "../ports.ts";
import { bringBackingImages } from "../setup/bring-backing-images.ts";
import { createDisks } from "../setup/create-disks.ts";
import { placeFirewallRules } from "../setup/place-firewall-rules.ts";
import { startNetworks } from "../setup/start-networks.ts";
import { startPools } from "../setup/start-pools.ts";

/** Setup steps in the order in which they are taken back. */
const made: readonly AnyStep<MigrationPorts>[] = [placeFirewallRules, startNetworks, createDisks, bringBackingImages, startPools];

/** Takes back, with the setup's own undos, what the move had made at the destination, once the source is seen to define the guest alone. */
export const clearDestination: Step<MigrationPorts, null> = {
  name: "clear-destination",
  phase: "cleanup",
  run: async (context) => {
    const { source, destination } = await askBoth(context.outputOf(checkConditions), context.ports);
    if (source.kind !== "present" || destination.kind !== "absent")
      throw fail("WHEREABOUTS_UNKNOWN", { reason: "the server is not seen at its source alone, so nothing is deleted at the destination" });
    for (const { undo } of made) if (typeof undo === "function") await undo(context, null);
    return null;
  },
  undo: { none: "a reversal only goes forward" },
};
