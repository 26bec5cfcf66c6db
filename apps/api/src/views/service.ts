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

/** What clients expect beside the hosts: ferry's worker and API under Nova's names. Ids that no host number or uuid takes. */
const own = [
  { binary: "nova-conductor", number: 2_147_483_646, id: "00000000-0000-4000-8000-00000000c0de" },
  { binary: "nova-scheduler", number: 2_147_483_647, id: "00000000-0000-4000-8000-000000005ced" },
] as const;

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
