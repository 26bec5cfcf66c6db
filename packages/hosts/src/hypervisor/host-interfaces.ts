import { isUuid } from "@ferry/core";
import type { SshSession } from "@ferry/libvirt";

const CLASS_NET = "/sys/class/net";
/** Interfaces that libvirt makes for guests, and loopback: nothing can be plugged into them. */
const notForGuests = /^(lo|vnet\d+|tap\d+|macvtap\d+|macvlan\d+)$/;

/** Names of the host's network interfaces that a guest may be plugged into, in alphabetical order: bridges first of all, and cards for macvtap. */
export async function hostInterfaces(session: SshSession): Promise<string[]> {
  const names = await session.files.list(CLASS_NET);
  return names.filter((name) => !notForGuests.test(name)).sort();
}

/** The kernel's name of this boot; null on a host that does not have one (it is Linux's). */
export async function bootId(session: SshSession): Promise<string | null> {
  const text = (await session.files.readFile("/proc/sys/kernel/random/boot_id")).toString("latin1").trim().toLowerCase();
  return isUuid(text) ? text : null;
}

/** Seconds since the host booted, from `/proc/uptime`. */
export async function uptimeSeconds(session: SshSession): Promise<number | null> {
  const seconds = Number.parseFloat((await session.files.readFile("/proc/uptime")).toString("latin1"));
  return Number.isFinite(seconds) ? Math.floor(seconds) : null;
}

/** The load of the last 1, 5 and 15 minutes, from `/proc/loadavg`; null when it is not there. */
export async function loadAverages(session: SshSession): Promise<readonly number[] | null> {
  const words = (await session.files.readFile("/proc/loadavg")).toString("latin1").split(" ");
  const load = words.slice(0, 3).map(Number.parseFloat);
  return load.length === 3 && load.every(Number.isFinite) ? load : null;
}

/** How many are logged in, from the host's login records. Rejects where it keeps none. */
export const loggedIn = async (session: SshSession): Promise<number> => loginsIn(await session.files.readFile("/run/utmp"));

/** Linux's `struct utmp`: its length, and the type of a record of somebody who is logged in. */
const recordBytes = 384;
const userProcess = 7;

/** Pure: the records of users among login records. */
export function loginsIn(records: Buffer): number {
  const starts = Array.from({ length: Math.floor(records.length / recordBytes) }, (_, index) => index * recordBytes);
  return starts.filter((start) => records.readInt16LE(start) === userProcess).length;
}
