import type { Element } from "@xmldom/xmldom";
import { parseDocument } from "./document.ts";
import { attributeOf, childrenOf, find, textAt } from "./element.ts";
import { XmlError } from "./xml-error.ts";

/** What a host can run, as far as ferry asks. */
export interface Capabilities {
  /** Null when the driver gives its host none. */
  readonly hostUuid: string | null;
  readonly arch: string;
  readonly cpuModel: string | null;
  readonly cpuVendor: string | null;
  readonly cpuFeatures: readonly string[];
  readonly cpuTopology: { readonly sockets: number; readonly cores: number; readonly threads: number };
  /** Machine types, their aliases included, by arch and domain type: `x86_64/kvm` -> names in alphabetical order. */
  readonly machines: Readonly<Record<string, readonly string[]>>;
  /** Emulator by arch, `x86_64` -> path. */
  readonly emulators: Readonly<Record<string, string>>;
}

/** Reads `<capabilities>`. Throws `XmlError` when the host's arch is missing. */
export function parseCapabilities(xml: string): Capabilities {
  const root = parseDocument(xml, "capabilities");
  const host = find(root, "host");
  const [hostUuid, arch] = [textAt(host, "uuid"), textAt(host, "cpu", "arch")];
  if (arch === null) throw new XmlError("Cannot read the capabilities: host/cpu/arch must be there.");
  const guests = childrenOf(root, "guest").flatMap((guest) => childrenOf(guest, "arch"));
  return { hostUuid, arch, ...hostCpu(find(host, "cpu")), machines: machinesOf(guests), emulators: emulatorsOf(guests) };
}

function hostCpu(cpu: Element | null): Pick<Capabilities, "cpuModel" | "cpuVendor" | "cpuFeatures" | "cpuTopology"> {
  const count = (name: string): number => Number(attributeOf(find(cpu, "topology"), name) ?? "1");
  return {
    cpuModel: textAt(cpu, "model"),
    cpuVendor: textAt(cpu, "vendor"),
    cpuFeatures: childrenOf(cpu, "feature")
      .map((feature) => attributeOf(feature, "name"))
      .filter((name) => name !== null),
    cpuTopology: { sockets: count("sockets"), cores: count("cores"), threads: count("threads") },
  };
}

/** A `<domain type>` may name machines of its own; else those of the arch hold. */
function machinesOf(arches: readonly Element[]): Record<string, string[]> {
  const machines: Record<string, string[]> = {};
  for (const arch of arches) {
    for (const domain of childrenOf(arch, "domain")) {
      const key = `${attributeOf(arch, "name")}/${attributeOf(domain, "type")}`;
      const own = machineNames(domain);
      machines[key] = [...new Set([...(machines[key] ?? []), ...(own.length > 0 ? own : machineNames(arch))])].sort();
    }
  }
  return machines;
}

const machineNames = (parent: Element): string[] =>
  childrenOf(parent, "machine")
    .flatMap((machine) => [machine.textContent?.trim(), attributeOf(machine, "canonical")])
    .filter((name): name is string => !!name);

function emulatorsOf(arches: readonly Element[]): Record<string, string> {
  const pairs = arches.map((arch) => [attributeOf(arch, "name"), textAt(arch, "emulator")] as const);
  return Object.fromEntries(pairs.filter((pair): pair is readonly [string, string] => pair[0] !== null && pair[1] !== null));
}
