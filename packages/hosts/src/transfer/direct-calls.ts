import type { TransferRequest } from "@ferry/core";
import {
  type DomainHandle,
  domainStates,
  type LibvirtConnection,
  migrateFlags,
  migrateParams,
  pausedReasons,
  type TypedParam,
} from "@ferry/libvirt";
import { type TransferFlags, transferFlags } from "./flags.ts";
import { transferParameters, withParameter } from "./parameters.ts";
import type { Parties } from "./parties.ts";

/** A transfer that ferry drives, over a connection of its own to each host. The source's is bound to its job, the destination's to its copy. */
export interface Drive {
  readonly parties: Parties;
  readonly source: LibvirtConnection;
  readonly destination: LibvirtConnection;
  readonly dom: DomainHandle;
  readonly params: readonly TypedParam[];
  readonly flags: TransferFlags;
}

/** What a call hands to the next one. Opaque to ferry. */
export type Cookie = Buffer;
export const NO_COOKIE: Cookie = Buffer.alloc(0);

/** Opens both connections and finds the guest. When one fails, neither stays open. */
export async function openDrive(parties: Parties): Promise<Drive> {
  const { request } = parties;
  const [source, destination] = await openBoth(parties);
  try {
    const { dom } = await source.call("domainLookupByUuid", { uuid: request.guest.uuid });
    return { parties, source, destination, dom, params: transferParameters(request), flags: transferFlags(request) };
  } catch (error) {
    source.close();
    destination.close();
    throw error;
  }
}

async function openBoth(parties: Parties): Promise<[LibvirtConnection, LibvirtConnection]> {
  const opened = await Promise.allSettled([parties.source.dedicated(), parties.destination.dedicated()]);
  const [source, destination] = opened;
  if (source.status === "fulfilled" && destination.status === "fulfilled") return [source.value, destination.value];
  for (const one of opened) if (one.status === "fulfilled") one.value.close();
  throw source.status === "rejected" ? source.reason : (destination as PromiseRejectedResult).reason;
}

/** Starts the job at the source. A guest that its user has paused by now arrives paused: the drive returned says so. */
export async function begin(drive: Drive): Promise<{ drive: Drive; xml: string; cookie: Cookie }> {
  const { parties, source, dom, params, flags } = drive;
  const args = { dom, params: [...params], flags: flags.source };
  const { xml, cookieOut } = await parties.source.transferCall(source, "domainMigrateBegin3Params", args);
  const { state, reason } = await source.call("domainGetState", { dom, flags: 0 });
  const paused = state === domainStates.paused && reason !== pausedReasons.postcopy;
  return { drive: paused ? arrivingPaused(drive) : drive, xml, cookie: cookieOut };
}

function arrivingPaused(drive: Drive): Drive {
  const request: TransferRequest = { ...drive.parties.request, paused: true };
  const flags = { source: drive.flags.source | migrateFlags.paused, destination: drive.flags.destination | migrateFlags.paused };
  return { ...drive, parties: { ...drive.parties, request }, flags };
}

/** Starts the waiting QEMU at the destination. The drive returned sends the stream to the port that it got. */
export async function prepare(drive: Drive, xml: string, cookie: Cookie): Promise<{ drive: Drive; cookie: Cookie }> {
  const { parties, destination, params, flags } = drive;
  const args = { params: withParameter(params, migrateParams.destinationXml, xml), cookieIn: cookie, flags: flags.destination };
  const { uriOut, cookieOut } = await parties.destination.transferCall(destination, "domainMigratePrepare3Params", args);
  const prepared = uriOut === null ? drive : { ...drive, params: withParameter(params, migrateParams.uri, uriOut) };
  return { drive: prepared, cookie: cookieOut };
}

/** Copies disks and memory. After it the guest stands still at the source and has not been started at the destination. */
export async function perform({ parties, source, dom, params, flags }: Drive, cookie: Cookie): Promise<Cookie> {
  const args = { dom, dconnuri: null, params: [...params], cookieIn: cookie, flags: flags.source };
  return (await parties.source.transferCall(source, "domainMigratePerform3Params", args)).cookieOut;
}

/** Starts the guest at the destination, or with `cancelled` ends its copy there. */
export async function finish({ parties, destination, dom, params, flags }: Drive, cookie: Cookie, cancelled: 0 | 1): Promise<Cookie> {
  const named = withParameter(params, migrateParams.destinationName, dom.name);
  const args = { params: named, cookieIn: cookie, flags: flags.destination, cancelled };
  return (await parties.destination.transferCall(destination, "domainMigrateFinish3Params", args)).cookieOut;
}

/** Ends the guest at the source, or with `cancelled` continues it there. */
export async function confirm({ parties, source, dom, params, flags }: Drive, cookie: Cookie, cancelled: 0 | 1): Promise<void> {
  const args = { dom, params: [...params], cookieIn: cookie, flags: flags.source, cancelled };
  await parties.source.transferCall(source, "domainMigrateConfirm3Params", args);
}
