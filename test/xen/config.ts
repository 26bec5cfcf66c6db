import { join, resolve } from "node:path";
import { type LabConfig, labConfig } from "../lab/config.ts";
import { words } from "./words.ts";

/** Memory of one emulated machine and of its control domain, MiB. Two of them, with what QEMU needs besides, stay below 4 GiB. */
export const MACHINE_MIB = 1280;
export const CONTROL_DOMAIN_MIB = 448;

/** Packages of a host's root file system, from Debian 12. */
export const HOST_PACKAGES = words(`
  xen-utils-4.17 xenstore-utils libvirt-daemon libvirt-daemon-driver-xen libvirt-clients
  openssh-server iproute2 kmod netcat-openbsd procps
`);

/** The package with Debian's hypervisor, whose configuration the lab's own is built with. */
export const HYPERVISOR_PACKAGE = "xen-hypervisor-4.17-amd64";
export const HYPERVISOR_SOURCE = "xen";

/** Drivers of a control domain, and of a guest. */
export const HOST_DRIVERS = words(`
  virtio_pci virtio_blk virtio_scsi sd_mod virtio_net crc32c_generic ext4 bridge tun af_packet
  xen-evtchn xen-privcmd xen-gntdev xen-gntalloc xenfs xen-blkback xen-netback
`);
export const GUEST_DRIVERS = words("xen-blkfront xen-netfront");

/** The disk that both hosts see: what the unit says of itself, and its name in both control domains. */
export const SHARED_UNIT = { worldWideName: "0x5000c50015ea5e01", device: "/dev/sda", bytes: 64 * 1024 * 1024 } as const;

/** Where built things are kept between runs: `FERRY_XEN_CACHE`, or below node_modules. */
export function xenCache(): LabConfig {
  const stated = process.env["FERRY_XEN_CACHE"];
  const cacheDir = stated === undefined ? join(import.meta.dirname, "../../node_modules/.cache/ferry-xen") : resolve(stated);
  return { ...labConfig({ name: "xen" }), cacheDir };
}
