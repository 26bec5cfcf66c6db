import type { GuestState, GuestStateReason } from "@ferry/core";

/** What the record says of a server. */
export interface RecordedServer {
  readonly hostId: string;
  readonly vmState: string;
  /** A migration of it is not finished. */
  readonly moving: boolean;
  /** It was to be made, and never was: no host has it, nor had. */
  readonly unmade: boolean;
  /** An action on it (stop, reboot, delete, ...) is not finished. */
  readonly busy: boolean;
}

/** What a host says of the guest; null: it has none of that uuid. */
export interface SeenGuest {
  readonly state: GuestState;
  readonly reason: GuestStateReason;
}

/**
 * `adopt`: enter it. `update`: the record follows the host. `move`: the record follows the guest to this host. `gone`: the guest is no more.
 * `leave`: the record stays as it is.
 */
export type SyncDecision = "adopt" | "update" | "move" | "gone" | "leave";

/**
 * What the record does when `hostId` is seen to have the guest in that way. A migration owns the server it moves, an action the one it acts on: until it has
 * ended only it writes. A record follows a guest to another host only when the guest is alive there and, as far as the record knows, no longer alive where it was:
 * two hosts that both show it alive are left for a person, and a dead definition left behind by somebody's own move changes nothing.
 */
export function decideSync(record: RecordedServer | null, seen: SeenGuest | null, hostId: string): SyncDecision {
  if (seen !== null && isArriving(seen)) return "leave";
  if (record === null) return seen === null ? "leave" : "adopt";
  if (record.moving || record.busy) return "leave";
  if (record.hostId === hostId) return decideAtHome(record, seen);
  return seen !== null && isAlive(seen.state) && !aliveInRecord.includes(record.vmState) ? "move" : "leave";
}

function decideAtHome(record: RecordedServer, seen: SeenGuest | null): SyncDecision {
  if (seen !== null) return "update";
  return record.vmState === "deleted" || record.unmade ? "leave" : "gone";
}

/** The destination of a move that somebody else makes shows the guest paused, for the reason "migration", before it runs there. */
const isArriving = (seen: SeenGuest): boolean => seen.state === "paused" && seen.reason === "migration";

const isAlive = (state: GuestState): boolean => state === "running" || state === "paused" || state === "shutting-down";

const aliveInRecord = ["active", "paused", "building"];
