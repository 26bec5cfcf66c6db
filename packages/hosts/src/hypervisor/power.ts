import { createFlags, type LibvirtConnection, undefineFlags } from "@ferry/libvirt";
import { unlessAlreadySo } from "../link/unless-already-so.ts";
import { unlessActive, unlessOff } from "./activity.ts";
import { ofGuest } from "./handle.ts";
import type { DriverTraits, TraitsHost } from "./traits/traits.ts";

/** Each of these says nothing when the guest is already as wanted; all but `startGuest` and `rebootGuest` also when it is not there. */

export async function resumeGuest(host: TraitsHost, uuid: string, traits: DriverTraits): Promise<void> {
  await ofGuest(host.connection, uuid, (dom) => traits.resume(host, dom));
}

export async function pauseGuest(connection: LibvirtConnection, uuid: string): Promise<void> {
  await ofGuest(connection, uuid, (dom) => unlessAlreadySo(connection.call("domainSuspend", { dom })));
}

export async function destroyGuest(connection: LibvirtConnection, uuid: string): Promise<void> {
  await ofGuest(connection, uuid, (dom) => unlessAlreadySo(connection.call("domainDestroyFlags", { dom, flags: 0 })));
}

/** Everything of a guest that libvirt keeps beside its definition; without it libvirt refuses to remove the definition of a guest that has some. */
const PURGE = undefineFlags.managedSave | undefineFlags.nvram | undefineFlags.snapshotsMetadata | undefineFlags.checkpointsMetadata;

/** Removes the definition and a managed save image; the nvram file is left where it is, unless all is purged. */
export async function undefineGuest(
  connection: LibvirtConnection,
  uuid: string,
  traits: DriverTraits,
  { purge = false } = {},
): Promise<void> {
  const flags = (purge ? PURGE : undefineFlags.managedSave | undefineFlags.keepNvram) & traits.undefineFlags;
  await ofGuest(connection, uuid, (dom) => unlessAlreadySo(connection.call("domainUndefineFlags", { dom, flags })));
}

export async function setAutostart(connection: LibvirtConnection, uuid: string, wanted: boolean): Promise<void> {
  await ofGuest(connection, uuid, (dom) => connection.call("domainSetAutostart", { dom, autostart: wanted ? 1 : 0 }));
}

export async function defineGuest(connection: LibvirtConnection, xml: string): Promise<void> {
  await connection.call("domainDefineXmlFlags", { xml, flags: 0 });
}

/** A state on the host's disk is read back here, which takes as long as reading a file of the guest's memory size. */
const START_DEADLINE_MS = 60 * 60 * 1_000;

export async function startGuest(connection: LibvirtConnection, uuid: string, { paused = false } = {}): Promise<void> {
  const { dom } = await connection.call("domainLookupByUuid", { uuid });
  const flags = paused ? createFlags.paused : 0;
  const options = { deadlineMs: START_DEADLINE_MS };
  await unlessActive(connection, uuid, connection.call("domainCreateWithFlags", { dom, flags }, options));
}

/** libvirt chooses the way that the guest has: agent, ACPI, or the hypervisor's own. */
export async function shutdownGuest(connection: LibvirtConnection, uuid: string): Promise<void> {
  await ofGuest(connection, uuid, (dom) => unlessOff(connection, uuid, connection.call("domainShutdownFlags", { dom, flags: 0 })));
}

export async function rebootGuest(connection: LibvirtConnection, uuid: string, kind: "soft" | "hard", traits: DriverTraits): Promise<void> {
  const { dom } = await connection.call("domainLookupByUuid", { uuid });
  if (kind === "hard") await traits.reset(connection, dom);
  else await connection.call("domainReboot", { dom, flags: 0 });
}
