/** A host's record as far as its services are concerned. */
export interface HostLiveness {
  readonly state: string;
  readonly enabled: boolean;
  readonly forcedDown: boolean;
  readonly lastSeenAt: Date | null;
  /** Until when a worker has promised to watch the host. */
  readonly monitorUntil: Date | null;
}

/** Nova's service_down_time. */
const silentAfterMs = 60_000;

/** Whether the compute service of the host counts as up: the host answers, and a worker has looked at it lately. */
export function isUp(host: HostLiveness, now: Date): boolean {
  return host.state === "up" && !host.forcedDown && isWatched(host, now);
}

/** Nova's `host_status` of a server. */
export function hostStatus(host: HostLiveness, now: Date): "UP" | "DOWN" | "MAINTENANCE" | "UNKNOWN" {
  if (host.forcedDown || host.state === "quarantined") return "DOWN";
  if (!isUp(host, now)) return "UNKNOWN";
  return host.enabled ? "UP" : "MAINTENANCE";
}

function isWatched(host: HostLiveness, now: Date): boolean {
  if (host.monitorUntil !== null && host.monitorUntil > now) return true;
  return host.lastSeenAt !== null && isFresh(host.lastSeenAt, now);
}

/** Whether something that was heard then still counts as up. */
export const isFresh = (heardAt: Date, now: Date): boolean => now.getTime() - heardAt.getTime() < silentAfterMs;
