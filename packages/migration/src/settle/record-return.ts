import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { powerNow } from "../migrate/note-power.ts";
import type { MigrationPorts } from "../ports.ts";

/** The record follows: the server is on its old host again, as it is seen there. */
export const recordReturn: Step<MigrationPorts, null> = {
  name: "record-return",
  phase: "cleanup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    await ports.store.recordReturn({ power: await powerNow(await ports.hosts.host(plan.sourceId), plan.guest.uuid) });
    return null;
  },
  undo: { none: "a reversal only goes forward" },
};
