import { fail } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { askBoth } from "../migrate/ask-both.ts";
import { poolAt } from "../migrate/pool-at.ts";
import { copies } from "../move-plan.ts";
import type { MigrationPorts } from "../ports.ts";

/** The point of no return of a reversal: both hosts answer, and the source still has every disk that the guest left there. */
export const proveReturn: Step<MigrationPorts, null> = {
  name: "prove-return",
  phase: "migrate",
  pivot: true,
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    const { source, destination } = await askBoth(plan, ports);
    if (source.kind === "unreachable" || destination.kind === "unreachable")
      throw fail("WHEREABOUTS_UNKNOWN", { reason: "a host does not answer, so the server is left where it is" });
    const host = await ports.hosts.host(plan.sourceId);
    for (const { sourcePath } of copies(plan)) {
      await host.storage.refreshPool(await poolAt(host, sourcePath));
      if (await host.storage.volumeAt(sourcePath)) continue;
      throw fail("SOURCE_DISK_GONE", { host: host.address.name, path: sourcePath });
    }
    return null;
  },
  undo: { none: "it only looks" },
};
