import { fail, whereabouts } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { askBoth } from "../migrate/ask-both.ts";
import { isOnlyAtDestination } from "../migrate/prove-at-destination.ts";
import type { MovePlan } from "../move-plan.ts";
import type { MigrationPorts } from "../ports.ts";

const LOOK_AGAIN_MS = 100;
const GIVE_UP_AFTER_MS = 60_000;

/**
 * Waits until the source's libvirtd has let go of the guest. A paused leftover that no job holds any more is ended, but only while the
 * destination is seen to run the guest.
 */
export const releaseSource: Step<MigrationPorts, null> = {
  name: "release-source",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    await ports.hosts.transfer.settle(ports.migrationId);
    const deadline = ports.clock.now() + GIVE_UP_AFTER_MS;
    while (!(await isReleased(plan, ports))) {
      if (ports.clock.now() > deadline) throw fail("WHEREABOUTS_UNKNOWN", { reason: "the source's libvirtd does not let go of its copy" });
      await ports.clock.sleep(LOOK_AGAIN_MS);
    }
    return null;
  },
  undo: { none: "after the handover the plan only goes forward" },
};

async function isReleased(plan: MovePlan, ports: MigrationPorts): Promise<boolean> {
  const { source, destination } = await askBoth(plan, ports);
  if (isOnlyAtDestination({ source, destination })) return true;
  switch (whereabouts(source, destination)) {
    case "leftover-at-source":
      if (source.kind === "present" && source.migrationJob === "none")
        await (await ports.hosts.host(plan.sourceId)).hypervisor.destroy(plan.guest.uuid);
      return false;
    case "switching":
      return false;
    case "unknown":
      throw fail("WHEREABOUTS_UNKNOWN", { reason: "a host does not answer, so the source's copy is left as it is" });
    default:
      throw fail("WHEREABOUTS_UNKNOWN", {
        reason: "the destination is not seen to run the server any more, so nothing is removed at the source",
      });
  }
}
