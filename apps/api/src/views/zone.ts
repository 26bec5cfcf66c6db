import { internalZone } from "@ferry/core";
import type { HypervisorRow, OwnServiceRow } from "@ferry/store";
import { naiveTime, orNull } from "../times.ts";
import { isFresh, isUp } from "./host-status.ts";

type View = Record<string, unknown>;

const zoneView = (zoneName: string, available: boolean, hosts: View | null): View => ({ zoneName, zoneState: { available }, hosts });

/** Zones as everybody sees them: one is available while a host in it is enabled. */
export function zonesView(hosts: readonly HypervisorRow[]): View[] {
  return zonesOf(hosts).map(({ zone, members }) => zoneView(zone, hasEnabled(members), null));
}

/** Zones with the services in them, and the zone of ferry's own services. */
export function zoneDetailsView(hosts: readonly HypervisorRow[], own: readonly OwnServiceRow[], now: Date): View[] {
  const machines = Object.entries(Object.groupBy(own, ({ host }) => host));
  const internal = machines.map(([host, services = []]) => [
    host,
    Object.fromEntries(services.map(({ binary, lastSeenAt }) => [binary, ownServiceView(lastSeenAt, now)])),
  ]);
  const zones = zonesOf(hosts).map(({ zone, members }) => {
    const services = members.map((host) => [host.name, { "nova-compute": computeServiceView(host, now) }]);
    return zoneView(zone, hasEnabled(members), hasEnabled(members) ? Object.fromEntries(services) : null);
  });
  return machines.length === 0 ? zones : [zoneView(internalZone, true, Object.fromEntries(internal)), ...zones];
}

function zonesOf(hosts: readonly HypervisorRow[]): { zone: string; members: readonly HypervisorRow[] }[] {
  const byZone = Object.entries(Object.groupBy(hosts, ({ zone }) => zone));
  return byZone.map(([zone, members = []]) => ({ zone, members })).toSorted((a, b) => a.zone.localeCompare(b.zone));
}

const hasEnabled = (hosts: readonly HypervisorRow[]): boolean => hosts.some(({ enabled }) => enabled);

const computeServiceView = (host: HypervisorRow, now: Date): View => ({
  available: isUp(host, now),
  active: host.enabled,
  updated_at: orNull(host.lastSeenAt, naiveTime),
});

const ownServiceView = (heardAt: Date, now: Date): View => ({
  available: isFresh(heardAt, now),
  active: true,
  updated_at: naiveTime(heardAt),
});
