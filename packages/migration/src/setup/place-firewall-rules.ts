import { fail, type GuestSummary, type HostId, type HostPorts, type MigrationId } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { v5 as uuidOf } from "uuid";
import { checkConditions } from "../check/check-conditions.ts";
import { makeReserved, occupied, reserve, undoArtifacts } from "../made-things.ts";
import { isServersOwn } from "../policy/match-filters.ts";
import type { MigrationPorts } from "../ports.ts";

/** The uuid that a filter gets when this migration places it: derived from both, so that a repetition finds its own. */
export const placedFilterUuid = (migrationId: MigrationId, name: string): string => uuidOf(name, migrationId);

/** Defines the guest's nwfilters at the destination before the guest arrives there. Keys in the ledger are filter names. */
export const placeFirewallRules: Step<MigrationPorts, null> = {
  name: "place-firewall-rules",
  phase: "setup",
  run: async ({ ports, outputOf, signal }) => {
    const plan = outputOf(checkConditions);
    for (const name of plan.filters) await placeFilter(name, { from: plan.sourceId, to: plan.destinationId }, ports, signal);
    return null;
  },
  undo: async ({ ports }) => {
    await ports.store.whileFirewallRests(() => undoArtifacts(ports, "nwfilter", (host, name) => takeAway(host, name, ports)));
  },
};

/**
 * A filter in use is kept, unless what uses it is the half copy of this very guest, which the destination is about to drop: then the undo fails
 * and is repeated.
 */
async function takeAway({ firewall, hypervisor, address }: HostPorts, name: string, ports: MigrationPorts): Promise<string> {
  const outcome = await firewall.remove(placedFilterUuid(ports.migrationId, name));
  if (outcome !== "kept") return outcome;
  const { serverId } = await ports.store.order();
  const guests = await hypervisor.guests();
  const uses = ({ definition }: GuestSummary): boolean => definition.interfaces.some((nic) => nic.filter === name);
  const own = guests.find((guest) => guest.definition.uuid === serverId);
  const others = guests.some((guest) => guest !== own && uses(guest));
  if (!own || others) return outcome;
  throw fail("HYPERVISOR_CALL_FAILED", {
    host: address.name,
    action: `remove nwfilter ${name}`,
    reason: "the half copy of the server still uses it; tried again",
  });
}

/** Places one filter; one left there that only this server uses is brought up to date; one that an earlier migration placed (`kept`) is used as it is, and placed again when somebody removed it meanwhile. */
async function placeFilter(name: string, { from, to }: { from: HostId; to: HostId }, ports: MigrationPorts, signal: AbortSignal) {
  const [source, destination] = await Promise.all([ports.hosts.host(from), ports.hosts.host(to)]);
  const document = await source.firewall.filter(name);
  if (!document)
    throw fail("CHECKS_REFUSED", { reason: `nwfilter ${name} of the server is not defined on ${source.address.name} any more.` });
  const left = isServersOwn(name) ? await destination.firewall.filter(name) : null;
  if (left && left.rulesXml !== document.rulesXml) return await destination.firewall.define({ ...left, rulesXml: document.rulesXml });
  const thing = { hostId: to, kind: "nwfilter", key: name } as const;
  const claim = await reserve(ports, thing, signal);
  if (claim === "foreign") throw occupied(destination.address.name, `nwfilter ${name}, being placed by another migration,`);
  const there = claim === "kept" ? await destination.firewall.filter(name) : null;
  if (there && there.rulesXml !== document.rulesXml) throw occupied(destination.address.name, `an nwfilter ${name} with other rules`);
  if (there) return;
  const owner = (await ports.ledger.find(to, thing.kind, name))?.migrationId ?? ports.migrationId;
  const define = () => destination.firewall.define({ name, uuid: placedFilterUuid(owner, name), rulesXml: document.rulesXml });
  if (claim === "kept") await define();
  else await makeReserved(ports, thing, false, define);
}
