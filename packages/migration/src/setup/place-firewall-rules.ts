import type { MigrationId } from "@ferry/core";
import { fail } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { v5 as uuidOf } from "uuid";
import { checkConditions } from "../check/check-conditions.ts";
import { occupied, undoArtifacts } from "../made-things.ts";
import type { MigrationPorts } from "../ports.ts";

/** The uuid that a filter gets when this migration places it: derived from both, so that a repetition finds its own. */
export const placedFilterUuid = (migrationId: MigrationId, name: string): string => uuidOf(name, migrationId);

/** Defines the guest's nwfilters at the destination before the guest arrives there. Keys in the ledger are filter names. */
export const placeFirewallRules: Step<MigrationPorts, null> = {
  name: "place-firewall-rules",
  phase: "setup",
  run: async ({ ports, outputOf }) => {
    const plan = outputOf(checkConditions);
    const [source, destination] = await Promise.all([ports.hosts.host(plan.sourceId), ports.hosts.host(plan.destinationId)]);
    const { id: migrationId } = await ports.store.order();
    for (const name of plan.filters) {
      const document = await source.firewall.filter(name);
      if (!document) throw fail("DESTINATION_OCCUPIED", { host: source.address.name, thing: `no nwfilter ${name}` });
      const entry = { hostId: plan.destinationId, kind: "nwfilter", key: name } as const;
      const claim = await ports.ledger.begin({ ...entry, migrationId });
      if (claim === "kept") continue;
      if (claim === "foreign") throw occupied(destination.address.name, `nwfilter ${name}, being placed by another migration,`);
      await destination.firewall.define({ name, uuid: placedFilterUuid(migrationId, name), rulesXml: document.rulesXml });
      await ports.ledger.made(entry);
    }
    return null;
  },
  undo: async ({ ports }) =>
    undoArtifacts(ports, "nwfilter", async ({ firewall }, name) => firewall.remove(placedFilterUuid((await ports.store.order()).id, name))),
};
