import type { Step } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { occupied, undoArtifacts } from "../made-things.ts";
import type { MigrationPorts } from "../ports.ts";

/** Starts the destination's libvirt networks that the guest is plugged into; an undo stops only those that were stopped before. */
export const startNetworks: Step<MigrationPorts, null> = {
  name: "start-networks",
  phase: "setup",
  run: async ({ ports, outputOf }) => {
    const { destinationId: hostId, networks } = outputOf(checkConditions);
    const { network, hypervisor, address } = await ports.hosts.host(hostId);
    const stopped = (await hypervisor.facts()).networks.filter((one) => networks.includes(one.name) && !one.active);
    const migrationId = (await ports.store.order()).id;
    for (const { name } of stopped) {
      const entry = { hostId, kind: "network-start", key: name } as const;
      if ((await ports.ledger.begin({ ...entry, migrationId })) === "foreign")
        throw occupied(address.name, `a start of network ${name} by another migration`);
      await network.startNetwork(name);
      await ports.ledger.made(entry);
    }
    return null;
  },
  undo: async ({ ports }) => undoArtifacts(ports, "network-start", async ({ network }, name) => network.stopNetwork(name)),
};
