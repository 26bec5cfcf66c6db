import { internalZone } from "@ferry/core";
import type { HypervisorRow, OwnServiceRow } from "@ferry/store";
import { naiveTime, orNull } from "../times.ts";
import { isFresh, isUp } from "./host-status.ts";
import { idOf } from "./hypervisor.ts";

type View = Record<string, unknown>;

/** The compute service of a host. */
export function computeService(host: HypervisorRow, minor: number, now: Date): View {
  return {
    id: idOf(host, minor),
    binary: "nova-compute",
    host: host.name,
    zone: host.zone,
    status: host.enabled ? "enabled" : "disabled",
    state: isUp(host, now) ? "up" : "down",
    updated_at: orNull(host.lastSeenAt, naiveTime),
    disabled_reason: host.disabledReason,
    ...(minor >= 11 ? { forced_down: host.forcedDown } : {}),
  };
}

/** What a request before 2.53 has changed. */
export const changedService = (
  { host, binary }: { readonly host: string; readonly binary: string },
  {
    enabled,
    disabledReason,
    forcedDown,
  }: { readonly enabled?: boolean; readonly disabledReason?: string | null; readonly forcedDown?: boolean },
): View => ({
  host,
  binary,
  ...(enabled === undefined ? {} : { status: enabled ? "enabled" : "disabled" }),
  ...(disabledReason == null ? {} : { disabled_reason: disabledReason }),
  ...(forcedDown === undefined ? {} : { forced_down: forcedDown }),
});

/** One of ferry's own processes: a worker, or the API. */
export const ownService = (service: OwnServiceRow, minor: number, now: Date): View => ({
  id: minor < 53 ? service.number : service.id,
  binary: service.binary,
  host: service.host,
  zone: internalZone,
  status: "enabled",
  state: isFresh(service.lastSeenAt, now) ? "up" : "down",
  updated_at: naiveTime(service.lastSeenAt),
  disabled_reason: null,
  ...(minor >= 11 ? { forced_down: false } : {}),
});
