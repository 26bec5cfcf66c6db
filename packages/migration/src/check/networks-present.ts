import { type GuestInterface, type NetworkPlace, networkKey } from "@ferry/core";
import { mapNetwork, placeOf } from "../policy/map-network.ts";
import { type MissingNetwork, missingNetwork } from "../policy/missing-network.ts";
import { type KnownFacts, pass, refuse, warn, withBoth } from "./check.ts";

/**
 * Each interface finds its bridge, network or host device on the destination, under the same name or the one that the hosts' network maps give
 * it, able to do what the interface asks of it.
 */
export const networksPresent = withBoth("networks-present", (facts) => {
  const { guest, persistent } = facts.source;
  const missing = firstMissing(guest.interfaces, facts);
  if (missing) return refuse(missing.sentence, missing.remedy);
  const later = firstMissing(persistent?.interfaces ?? [], facts);
  if (later) return warn(`The server could not be started again there: ${later.sentence}`, later.remedy);
  if (guest.interfaces.length === 0) return pass("The server has no network interface.");
  const mapped = mappings(guest.interfaces, facts);
  return pass(`All networks of the server exist at the destination${mapped.length === 0 ? "" : ` (${mapped.join(", ")})`}.`);
});

const mapsOf = ({ source, destination }: KnownFacts) => ({ source: source.record.networkMap, destination: destination.record.networkMap });

function firstMissing(nics: readonly GuestInterface[], facts: KnownFacts): MissingNetwork | null {
  for (const nic of nics) {
    const place = placeOf(nic);
    const places = place ? mapNetwork(place, mapsOf(facts)) : [];
    const missing = place && places.length > 1 ? ambiguous(place, places, facts) : missingAt(nic, places[0], facts);
    if (missing) return missing;
  }
  return null;
}

const missingAt = (nic: GuestInterface, there: NetworkPlace | undefined, { destination }: KnownFacts): MissingNetwork | null =>
  there ? missingNetwork({ ...nic, source: there.source }, destination.host, { name: destination.record.name, wanted: nic.source }) : null;

function ambiguous(place: NetworkPlace, places: readonly NetworkPlace[], { source, destination }: KnownFacts): MissingNetwork {
  const [here, there] = [source.record.name, destination.record.name];
  return {
    sentence: `It is not clear what ${networkKey(place)} of ${here} is on ${there}: by the network maps ${places.map(networkKey).join(" or ")}.`,
    remedy: `Say it: ferry host set ${there} --map ${networkKey(place)}=${place.type}:NAME.`,
  };
}

const mappings = (nics: readonly GuestInterface[], facts: KnownFacts): string[] => [
  ...new Set(
    nics.flatMap((nic) => {
      const place = placeOf(nic);
      const [there] = place ? mapNetwork(place, mapsOf(facts)) : [];
      return place && there && there.source !== place.source ? [`${networkKey(place)} as ${networkKey(there)}`] : [];
    }),
  ),
];
