import { foreignShape, sameShapes, shape, textShape } from "../shape.ts";
import { seclabel } from "./common.ts";
import { cpu } from "./cpu.ts";
import { devices } from "./devices.ts";
import { features } from "./features.ts";
import { clock, os } from "./os.ts";
import { resources } from "./resources.ts";

/**
 * The allow-list of a domain definition. Source: libvirt's `domaincommon.rng` of 9.0 and the domain format of 11.3, the parts that QEMU
 * and Xen guests use.
 */
export const domain = shape("id type", {
  ...sameShapes("name uuid title description", textShape()),
  genid: textShape(),
  metadata: foreignShape,
  ...resources,
  ...os,
  features,
  cpu,
  clock,
  ...sameShapes("on_poweroff on_reboot on_crash on_lockfailure", textShape()),
  pm: shape("", sameShapes("suspend-to-mem suspend-to-disk", shape("enabled"))),
  perf: shape("", { event: shape("enabled name") }),
  keywrap: shape("", { cipher: shape("name state") }),
  devices,
  seclabel,
});
