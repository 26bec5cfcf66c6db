import { FerryError } from "@ferry/core";
import { PivotNotReached, type Step } from "@ferry/engine";
import type { CreatePorts } from "./ports.ts";

/**
 * Starts the server. A start whose answer was lost is looked up: only a guest that is certainly off lets the plan turn back; while its host is
 * silent nothing is concluded, and a later worker looks again.
 */
export const startServer: Step<CreatePorts, null> = {
  name: "start-server",
  phase: "migrate",
  pivot: true,
  run: async ({ ports, signal }) => {
    const { serverId, hostId } = await ports.build.task();
    const { hypervisor } = await ports.hosts.host(hostId);
    const before = await hypervisor.observe(serverId);
    if (before.kind === "unreachable") throw new FerryError("HOST_UNREACHABLE", before.problem);
    if (before.kind === "present" && isOn(before.state)) return null;
    await ports.build.confirm();
    if (signal.aborted) throw new PivotNotReached(asError(signal.reason));
    try {
      await hypervisor.start(serverId);
    } catch (error) {
      const after = await hypervisor.observe(serverId);
      if (after.kind === "unreachable") throw error;
      if (after.kind === "absent" || !isOn(after.state)) throw new PivotNotReached(asError(error));
    }
    return null;
  },
  undo: { none: "the server has started; only its deletion ends it" },
};

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

const isOn = (state: string): boolean => state !== "shutoff" && state !== "crashed";
