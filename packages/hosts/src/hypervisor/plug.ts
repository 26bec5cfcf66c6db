import type { PluggableDisk, PlugPlaces } from "@ferry/core";
import { affectFlags, type LibvirtConnection } from "@ferry/libvirt";
import { buildPluggableDisk, buildPulledDisk } from "@ferry/libvirt-xml";

const flagsOf = ({ live, config }: PlugPlaces): number => (live ? affectFlags.live : 0) | (config ? affectFlags.config : 0);

/** libvirt changes both places or none. */
export async function attachDisk(connection: LibvirtConnection, uuid: string, disk: PluggableDisk, places: PlugPlaces): Promise<void> {
  const { dom } = await connection.call("domainLookupByUuid", { uuid });
  await connection.call("domainAttachDeviceFlags", { dom, xml: buildPluggableDisk(disk), flags: flagsOf(places) });
}

/** libvirt finds the disk by its target, waits five seconds for the guest, and returns without an error when that takes longer. */
export async function detachDisk(connection: LibvirtConnection, uuid: string, target: string, places: PlugPlaces): Promise<void> {
  const { dom } = await connection.call("domainLookupByUuid", { uuid });
  await connection.call("domainDetachDeviceFlags", { dom, xml: buildPulledDisk(target), flags: flagsOf(places) });
}
