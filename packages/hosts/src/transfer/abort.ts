import { setTimeout as sleep } from "node:timers/promises";
import { isFerryError } from "@ferry/core";
import { isAborted, isOperationInvalid, type LibvirtConnection } from "@ferry/libvirt";
import { ofGuest } from "../hypervisor/handle.ts";
import type { HostLink } from "../link/host-link.ts";
import { reach } from "../peer-access/reach.ts";
import type { Way } from "./way.ts";
import { yankMigration } from "./yank.ts";

/**
 * Asks the source's libvirtd once to give up its migration job; nothing happens when there is none. With the destination out of the source's
 * reach QEMU's streams are broken first: an abort alone would wait for them, and would block QEMU while it waits.
 */
export async function abortJob(source: HostLink, uuid: string, destinationReachable: boolean): Promise<void> {
  if (!destinationReachable) await source.act(`break the migration streams of guest ${uuid}`, (connection) => yank(connection, uuid));
  await source.act(`abort the migration of guest ${uuid}`, (connection) => abortOnce(connection, uuid));
}

async function yank(connection: LibvirtConnection, uuid: string): Promise<void> {
  await ofGuest(connection, uuid, (dom) => yankMigration(connection, dom));
}

async function abortOnce(connection: LibvirtConnection, uuid: string): Promise<void> {
  try {
    await ofGuest(connection, uuid, (dom) => connection.call("domainAbortJob", { dom }));
  } catch (error) {
    if (!isOperationInvalid(error) && !isAborted(error)) throw error;
  }
}

const REPEAT_MS = 300;
const REACH_DEADLINE_MS = 3_000;

/**
 * Aborts again and again until `ended`: libvirt refuses an abort while a migration begins or is being prepared, and the connection may be
 * lost meanwhile. Whether it came in time, only the end of the transfer tells.
 */
export async function abortUntilEnded(way: Way, ended: AbortSignal): Promise<void> {
  let reachable = await isReachable(way);
  while (!ended.aborted) {
    try {
      await abortJob(way.source, way.uuid, reachable);
      reachable = true;
    } catch (error) {
      if (!isFerryError(error)) throw error;
    }
    await Promise.allSettled([sleep(REPEAT_MS, undefined, { signal: ended })]);
  }
}

/** Whether the source gets an answer from the destination; when that cannot be found out, yes: the milder way. */
async function isReachable({ source, address, port }: Way): Promise<boolean> {
  try {
    return (await reach(await source.session(), address, port, REACH_DEADLINE_MS)) !== "silent";
  } catch (error) {
    if (isFerryError(error)) return true;
    throw error;
  }
}
