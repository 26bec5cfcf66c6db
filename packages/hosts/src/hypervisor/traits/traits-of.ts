import { qemu } from "./qemu.ts";
import type { DriverTraits } from "./traits.ts";
import { xen } from "./xen.ts";

/** The traits of the driver behind a libvirt URI, `xen:///system`. Drivers that ferry does not know are taken for QEMU's, which has all calls. */
export function traitsOf(uri: string): DriverTraits {
  return uri.split(/[:+]/, 1)[0] === xen.scheme ? xen : qemu;
}
