import type { HostFacts } from "@ferry/core";
import type { VirtType } from "./ports.ts";

export interface MachineChoice {
  readonly virtType: "kvm" | "qemu";
  readonly arch: string;
  readonly machine: string | null;
}

/** Pure: how the host executes a new guest, and as which machine: the newest q35 of its own architecture, where it has one. */
export function chooseMachine(
  { arch, machines, hypervisorType }: HostFacts,
  wanted: VirtType,
): MachineChoice | { readonly obstacle: string } {
  if (hypervisorType.toLowerCase() === "xen") return { obstacle: "servers are made on QEMU hosts only" };
  const offered = (["kvm", "qemu"] as const).filter((type) => machines[`${arch}/${type}`] !== undefined);
  const virtType = wanted === "auto" ? offered[0] : offered.find((type) => type === wanted);
  if (virtType === undefined) return { obstacle: `it runs no ${arch} guests of type ${wanted === "auto" ? "kvm or qemu" : wanted}` };
  return { virtType, arch, machine: newestQ35(machines[`${arch}/${virtType}`] ?? []) };
}

/** The alias stands for the newest; libvirt writes the name with its version into the definition. */
function newestQ35(machines: readonly string[]): string | null {
  if (machines.includes("q35")) return "q35";
  const versioned = machines.filter((name) => /^pc-q35-[\d.]+$/.test(name));
  return versioned.toSorted((a, b) => a.localeCompare(b, "en", { numeric: true })).at(-1) ?? null;
}
