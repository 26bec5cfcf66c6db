import { createRoot, parseDocument, serialize } from "./document.ts";
import { attributeOf, childrenOf, documentOf, find, textAt } from "./element.ts";

/** What one emulator can do for one machine type and domain type. */
export interface DomainCapabilities {
  readonly emulator: string | null;
  readonly virtType: string | null;
  readonly machine: string | null;
  readonly arch: string | null;
  readonly maxVcpus: number | null;
  /** CPU modes that are supported: `host-passthrough`, `host-model`, `custom`, `maximum`. */
  readonly cpuModes: readonly string[];
  /** Named CPU models that run here. */
  readonly usableCpuModels: readonly string[];
  /** The `host-model` CPU as a comparable `<cpu>` element; null when it is not supported. */
  readonly hostModelCpuXml: string | null;
}

/** Reads `<domainCapabilities>`. */
export function parseDomainCapabilities(xml: string): DomainCapabilities {
  const root = parseDocument(xml, "domainCapabilities");
  const modes = childrenOf(find(root, "cpu"), "mode").filter((mode) => attributeOf(mode, "supported") === "yes");
  const mode = (name: string) => modes.find((candidate) => attributeOf(candidate, "name") === name) ?? null;
  const usable = childrenOf(mode("custom"), "model").filter((model) => attributeOf(model, "usable") === "yes");
  const maxVcpus = attributeOf(find(root, "vcpu"), "max");
  return {
    emulator: textAt(root, "path"),
    virtType: textAt(root, "domain"),
    machine: textAt(root, "machine"),
    arch: textAt(root, "arch"),
    maxVcpus: maxVcpus === null ? null : Number(maxVcpus),
    cpuModes: modes.map((candidate) => attributeOf(candidate, "name") ?? ""),
    usableCpuModels: usable.map((model) => model.textContent?.trim() ?? ""),
    hostModelCpuXml: hostModelCpu(mode("host-model")),
  };
}

/** The members of the mode wrapped as a custom CPU: the form in which libvirt's baseline and compare calls take it. */
function hostModelCpu(mode: ReturnType<typeof find>): string | null {
  if (!mode) return null;
  const cpu = createRoot("cpu");
  cpu.setAttribute("mode", "custom");
  cpu.setAttribute("match", "exact");
  for (const child of childrenOf(mode)) cpu.appendChild(documentOf(cpu).importNode(child, true));
  return serialize(cpu);
}
