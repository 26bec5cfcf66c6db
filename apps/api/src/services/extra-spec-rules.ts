import { fail } from "@ferry/core";

/** What a value must look like. */
interface Rule {
  readonly says: string;
  readonly holds: (value: string) => boolean;
}

const matching = (pattern: RegExp, says: string): Rule => ({ says, holds: (value) => pattern.test(value) });
const oneOf = (...words: string[]): Rule => ({ says: `one of ${words.join(", ")}`, holds: (value) => words.includes(value) });
const whole = matching(/^\d+$/, "a whole number");
const positive = matching(/^[1-9]\d*$/, "a whole number from 1 on");
const boolean = matching(/^(true|false|1|0|yes|no|on|off|t|f|y|n)$/i, "a boolean");
const anything: Rule = { says: "any text", holds: () => true };
const cpuList = matching(/^\^?\d+(-\d+)?(,\^?\d+(-\d+)?)*$/, "a list of processors such as 0-3,^2");

/**
 * Keys of Nova's own namespaces and what their values must look like; `*` stands for a number or a name. Source: Nova's list of extra specs. Keys
 * of other namespaces belong to whoever uses them.
 */
const rules: Readonly<Record<string, Rule>> = {
  hide_hypervisor_id: boolean,
  "hw:boot_menu": boolean,
  "hw:cpu_cores": positive,
  "hw:cpu_dedicated_mask": cpuList,
  "hw:cpu_max_cores": positive,
  "hw:cpu_max_sockets": positive,
  "hw:cpu_max_threads": positive,
  "hw:cpu_policy": oneOf("dedicated", "shared", "mixed"),
  "hw:cpu_realtime": boolean,
  "hw:cpu_realtime_mask": cpuList,
  "hw:cpu_sockets": positive,
  "hw:cpu_thread_policy": oneOf("prefer", "isolate", "require"),
  "hw:cpu_threads": positive,
  "hw:emulator_threads_policy": oneOf("isolate", "share"),
  "hw:hide_hypervisor_id": boolean,
  "hw:input_bus": oneOf("usb", "virtio"),
  "hw:locked_memory": boolean,
  "hw:maxphysaddr_bits": positive,
  "hw:maxphysaddr_mode": oneOf("passthrough", "emulate"),
  "hw:mem_encryption": boolean,
  "hw:mem_encryption_model": oneOf("amd-sev", "amd-sev-es"),
  "hw:mem_page_size": matching(/^(large|small|any|\d+([kKMGT]i?(B|b|bit)?)?)$/, "large, small, any or a size"),
  "hw:numa_cpus.*": cpuList,
  "hw:numa_mem.*": positive,
  "hw:numa_nodes": positive,
  "hw:pci_numa_affinity_policy": oneOf("required", "preferred", "legacy", "socket"),
  "hw:pmem": anything,
  "hw:serial_port_count": whole,
  "hw:sound_model": oneOf("sb16", "es1370", "pcspk", "ac97", "ich6", "ich9", "usb", "virtio"),
  "hw:tpm_model": oneOf("tpm-tis", "tpm-crb"),
  "hw:tpm_secret_security": oneOf("user", "host", "deployment"),
  "hw:tpm_version": oneOf("1.2", "2.0"),
  "hw:usb_model": oneOf("piix3-uhci", "piix4-uhci", "ehci", "ich9-ehci1", "vt82c686b-uhci", "pci-ohci", "nec-xhci", "qemu-xhci"),
  "hw:vif_multiqueue_enabled": boolean,
  "hw:viommu_model": oneOf("intel", "smmuv3", "virtio", "auto"),
  "hw:virtio_packed_ring": boolean,
  "hw:watchdog_action": oneOf("none", "pause", "poweroff", "reset", "disabled"),
  "hw_rng:allowed": boolean,
  "hw_rng:rate_bytes": whole,
  "hw_rng:rate_period": whole,
  "hw_video:ram_max_mb": whole,
  "os:monitors": positive,
  "os:secure_boot": oneOf("disabled", "optional", "required"),
  "pci_passthrough:alias": anything,
  "quota:cpu_period": whole,
  "quota:cpu_quota": whole,
  "quota:cpu_shares": whole,
  "quota:disk_read_bytes_sec": whole,
  "quota:disk_read_iops_sec": whole,
  "quota:disk_total_bytes_sec": whole,
  "quota:disk_total_iops_sec": whole,
  "quota:disk_write_bytes_sec": whole,
  "quota:disk_write_iops_sec": whole,
  "quota:vif_inbound_average": whole,
  "quota:vif_inbound_burst": whole,
  "quota:vif_inbound_peak": whole,
  "quota:vif_outbound_average": whole,
  "quota:vif_outbound_burst": whole,
  "quota:vif_outbound_peak": whole,
  "resources:*": whole,
  "trait:*": oneOf("required", "forbidden"),
};

const namespaces = new Set(Object.keys(rules).flatMap((key) => (key.includes(":") ? [namespaceOf(key)] : [])));

/** The rule of a numbered or named key, `hw:numa_cpus.0`, is under its `*`. Groups of resources and traits, `resources1`, are as the ungrouped. */
function ruleOf(key: string): Rule | undefined {
  if (Object.hasOwn(rules, key)) return rules[key];
  const grouped = key.replace(/^(resources|trait)[a-zA-Z0-9_-]{0,64}:.+$/, "$1:*").replace(/\.\d+$/, ".*");
  return Object.hasOwn(rules, grouped) ? rules[grouped] : undefined;
}

function namespaceOf(key: string): string {
  return key.split(":", 1)[0] ?? "";
}

/** Throws VALIDATION_FAILED for a key of a namespace of Nova's that Nova does not have, or a value that it cannot have. */
export function checkExtraSpecs(specs: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(specs)) {
    const rule = ruleOf(key);
    if (rule === undefined && key.includes(":") && namespaces.has(namespaceOf(key)))
      throw refused(`extra spec '${key}' does not appear to be a valid extra spec.`);
    if (rule?.holds(value) === false) throw refused(`extra spec '${key}' must be ${rule.says}, not '${value}'.`);
  }
}

const refused = (reason: string): Error => fail("VALIDATION_FAILED", { sentence: `Validation failed; ${reason}` });
