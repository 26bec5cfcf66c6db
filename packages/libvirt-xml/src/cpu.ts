import { parseDocument } from "./document.ts";
import { attributeOf, childrenOf, find, textAt } from "./element.ts";

/** What a `<cpu>` element asks for. */
export interface CpuDocument {
  /** `custom`, `host-model`, `host-passthrough`, `maximum`; null when the definition leaves it to libvirt. */
  readonly mode: string | null;
  readonly model: string | null;
  readonly vendor: string | null;
  readonly features: readonly string[];
}

/** Reads a `<cpu>` element of a guest, of the host, or of a baseline. */
export function parseCpu(xml: string): CpuDocument {
  const cpu = parseDocument(xml, "cpu");
  return {
    mode: attributeOf(cpu, "mode"),
    model: textAt(cpu, "model"),
    vendor: textAt(cpu, "vendor"),
    features: childrenOf(cpu, "feature")
      .map((feature) => attributeOf(feature, "name"))
      .filter((name) => name !== null),
  };
}

/** Whether libvirt can compare it with a host: only a named model can be compared; `host-passthrough` and `maximum` differ from host to host. */
export function isComparableCpu(xml: string): boolean {
  const cpu = parseDocument(xml, "cpu");
  return find(cpu, "model") !== null && [null, "custom"].includes(attributeOf(cpu, "mode"));
}
