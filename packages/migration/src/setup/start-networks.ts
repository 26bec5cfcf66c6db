import type { GuestSummary } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { undoArtifacts } from "../made-things.ts";
import type { MigrationPorts } from "../ports.ts";
import { isUsedByOthers, startStopped } from "./start-stopped.ts";

/** Starts the destination's libvirt networks that the guest is plugged into; an undo stops only those that were stopped before and that no guest uses. */
export const startNetworks: Step<MigrationPorts, null> = {
  name: "start-networks",
  phase: "setup",
  run: async ({ ports, outputOf }) => {
    const { destinationId, networks } = outputOf(checkConditions);
    if (networks.length === 0) return null;
    const { network } = await ports.hosts.host(destinationId);
    const stopped = (await network.networks()).filter((one) => networks.includes(one.name) && !one.active);
    for (const { name } of stopped)
      await startStopped(ports, { hostId: destinationId, kind: "network-start", key: name }, () => network.startNetwork(name));
    return null;
  },
  undo: async ({ ports }) =>
    undoArtifacts(ports, "network-start", async ({ network, hypervisor, address }, name) => {
      if (await isUsedByOthers(ports, address.id)) return "kept";
      if (!isPluggedInto(await hypervisor.guests(), name)) await network.stopNetwork(name);
      return undefined;
    }),
};

/** libvirt stops a network under the guests that are plugged into it without a word. */
const isPluggedInto = (guests: readonly GuestSummary[], name: string): boolean =>
  guests.some(
    ({ state, definition }) => state !== "shutoff" && definition.interfaces.some((nic) => nic.type === "network" && nic.source === name),
  );
