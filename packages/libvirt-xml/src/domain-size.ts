import type { Element } from "@xmldom/xmldom";
import { parseDocument, serialize } from "./document.ts";
import { append, attributeOf, childrenOf, find, setAttributes, textAt } from "./element.ts";
import { sizeBytes } from "./sizes.ts";
import { XmlError } from "./xml-error.ts";

/** Memory and processors of a definition. */
export interface DomainSize {
  readonly memoryKiB: number;
  /** What the balloon leaves it. */
  readonly currentMemoryKiB: number;
  readonly vcpus: number;
  /** Those that are plugged in at its start; null: all. */
  readonly currentVcpus: number | null;
}

/** Reads the size of a definition. Throws `XmlError` when it names none. */
export function sizeOfDomain(xml: string): DomainSize {
  const domain = parseDocument(xml, "domain");
  const memory = sizeBytes(find(domain, "memory"), "KiB");
  const vcpus = Number(textAt(domain, "vcpu") ?? "1");
  if (memory === null || !Number.isInteger(vcpus) || vcpus < 1)
    throw new XmlError("Cannot read the size of this guest: no memory, or no number of CPUs.");
  const current = attributeOf(find(domain, "vcpu"), "current");
  return {
    memoryKiB: Math.ceil(memory / 1024),
    currentMemoryKiB: Math.ceil((sizeBytes(find(domain, "currentMemory"), "KiB") ?? memory) / 1024),
    vcpus,
    currentVcpus: current === null ? null : Number(current),
  };
}

/** The definition with another size; everything else stays. Throws `XmlError` for a guest whose definition shares its size out ({@link fixedSize}). */
export function resizedDomain(xml: string, size: DomainSize): string {
  const domain = parseDocument(xml, "domain");
  const fixed = fixedIn(domain, find(domain, "cpu"));
  const now = sizeOfDomain(xml);
  if (fixed !== null && (now.memoryKiB !== size.memoryKiB || now.vcpus !== size.vcpus))
    throw new XmlError(`Cannot resize this guest: ${fixed}.`);
  setText(domain, "memory", { unit: "KiB" }, size.memoryKiB);
  setText(domain, "currentMemory", { unit: "KiB" }, size.currentMemoryKiB);
  setText(domain, "vcpu", { current: size.currentVcpus }, size.vcpus);
  return serialize(domain);
}

/** Why a guest with that `<cpu>` element keeps its size, as a phrase; null when nothing in it stands in the way. */
export const fixedSize = (cpuXml: string | null): string | null => (cpuXml === null ? null : fixedInCpu(parseDocument(cpuXml, "cpu")));

function fixedIn(domain: Element, cpu: Element | null): string | null {
  if (find(domain, "maxMemory")) return "its definition has slots for memory modules (maxMemory)";
  if (find(domain, "vcpus")) return "its definition lists its processors one by one (vcpus)";
  return fixedInCpu(cpu);
}

function fixedInCpu(cpu: Element | null): string | null {
  if (find(cpu, "numa")) return "its definition shares memory and processors out to NUMA cells";
  return find(cpu, "topology") ? "its definition says how many sockets, cores and threads its processors are" : null;
}

/** Written into the element that is there, or behind the name's usual place. */
function setText(domain: Element, name: string, attributes: Readonly<Record<string, string | number | null>>, value: number): void {
  const element = childrenOf(domain, name)[0] ?? append(domain, name);
  setAttributes(element, attributes);
  element.textContent = String(value);
}
