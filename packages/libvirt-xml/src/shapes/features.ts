import { sameShapes, shape, textShape } from "../shape.ts";
import { sized, state } from "./common.ts";

const hyperv = shape("mode", {
  ...sameShapes("relaxed vapic vpindex runtime synic reset frequencies reenlightenment ipi evmcs avic emsr_bitmap xmm_input", state),
  spinlocks: shape("state retries"),
  stimer: shape("state", { direct: state }),
  tlbflush: shape("state", { direct: state, extended: state }),
  vendor_id: shape("state value"),
});

const kvm = shape("", { ...sameShapes("hidden hint-dedicated poll-control pv-ipi", state), "dirty-ring": shape("state size") });

/** `<features>`: what the machine offers to the guest. */
export const features = shape("", {
  ...sameShapes("acpi pae privnet viridian"),
  apic: shape("eoi"),
  hyperv,
  kvm,
  xen: shape("", { e820_host: state, passthrough: shape("mode state") }),
  ...sameShapes("hap pvspinlock pmu vmport vmcoreinfo htm nested-hv ccf-assist ps2 ras", state),
  "async-teardown": shape("enabled"),
  gic: shape("version"),
  smm: shape("state", { tseg: sized }),
  ioapic: shape("driver"),
  hpt: shape("resizing", { maxpagesize: sized }),
  msrs: shape("unknown"),
  ...sameShapes("cfpc sbbc ibs", shape("value")),
  tcg: shape("", { "tb-cache": textShape("unit") }),
});
