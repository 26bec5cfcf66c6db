import type { Step } from "@ferry/engine";
import type { CreatePorts } from "../create/ports.ts";

/** Ends the guest, and drops a state that it had saved: what it holds is about its old disk. */
export const stopForRebuild: Step<CreatePorts, null> = {
  name: "stop-for-rebuild",
  phase: "setup",
  run: async ({ ports }) => {
    const { serverId, hostId } = await ports.build.task();
    const { hypervisor } = await ports.hosts.host(hostId);
    await ports.build.confirm();
    await hypervisor.destroy(serverId);
    await hypervisor.dropManagedSave(serverId);
    return null;
  },
  undo: { none: "its disk is to go: a server whose rebuild fails is off and in error" },
};
