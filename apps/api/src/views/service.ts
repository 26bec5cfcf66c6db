import type { HypervisorRow } from "@ferry/store";
import { naiveTime, orNull } from "../times.ts";
import { isUp } from "./host-status.ts";
import { idOf } from "./hypervisor.ts";

type View = Record<string, unknown>;

/** The compute service of a host. */
export function computeService(host: HypervisorRow, minor: number, now: Date): View {
  return {
    id: idOf(host, minor),
    binary: "nova-compute",
    host: host.name,
    zone: "nova",
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

/** What clients expect beside the hosts: ferry's worker and API under Nova's names. Ids that no host number or uuid takes. */
const own = [
  { binary: "nova-conductor", number: 2_147_483_646, id: "00000000-0000-4000-8000-00000000c0de" },
  { binary: "nova-scheduler", number: 2_147_483_647, id: "00000000-0000-4000-8000-000000005ced" },
] as const;

/** The binary of ferry's own service of that uuid; null for any other uuid. */
export const ownBinaryOf = (uuid: string): string | null => own.find(({ id }) => id === uuid)?.binary ?? null;

export function ownServices(minor: number, now: Date): View[] {
  return own.map(({ binary, number, id }) => ({
    id: minor < 53 ? number : id,
    binary,
    host: "ferry",
    zone: "internal",
    status: "enabled",
    state: "up",
    updated_at: naiveTime(now),
    disabled_reason: null,
    ...(minor >= 11 ? { forced_down: false } : {}),
  }));
}
