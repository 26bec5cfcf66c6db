import type { HypervisorRow } from "@ferry/store";
import { isUp } from "./host-status.ts";

/**
 * How long the host has been up, in the words of the command `uptime`, which clients take apart: ` 10:00:00 up 3 days,  4:05,  1 user,  load average:
 * 0.10, 0.10, 0.10`. The time of day is in UTC; users and load are those of the last look at the host. Null when it is down or has not told.
 */
export function uptimeOf({ facts, lastSeenAt, ...host }: HypervisorRow, now: Date): string | null {
  const load = facts?.loadAverages ?? null;
  if (facts == null || facts.uptimeSeconds === null || load === null || lastSeenAt === null) return null;
  if (!isUp({ ...host, lastSeenAt }, now)) return null;
  const seconds = facts.uptimeSeconds + Math.max(0, Math.floor((now.getTime() - lastSeenAt.getTime()) / 1000));
  return uptimeText({ seconds, users: facts.users ?? 0, load }, now);
}

export interface Uptime {
  readonly seconds: number;
  readonly users: number;
  readonly load: readonly number[];
}

/** Pure: the text of the command. */
export function uptimeText({ seconds, users, load }: Uptime, now: Date): string {
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const since = days === 0 ? "" : `${days} day${days === 1 ? "" : "s"}, `;
  const rest = hours === 0 ? `${minutes} min` : `${String(hours).padStart(2)}:${String(minutes).padStart(2, "0")}`;
  const averages = load.map((one) => one.toFixed(2)).join(", ");
  return ` ${now.toISOString().slice(11, 19)} up ${since}${rest},  ${users} user${users === 1 ? "" : "s"},  load average: ${averages}`;
}
