import type { Element } from "@xmldom/xmldom";
import { attributeOf } from "./element.ts";
import { XmlError } from "./xml-error.ts";

/** libvirt's unit names in bytes. Source: "Memory allocation" in libvirt's domain format, and the storage format. */
const units: Readonly<Record<string, number>> = {
  b: 1,
  bytes: 1,
  KB: 1e3,
  k: 2 ** 10,
  K: 2 ** 10,
  KiB: 2 ** 10,
  MB: 1e6,
  M: 2 ** 20,
  MiB: 2 ** 20,
  GB: 1e9,
  G: 2 ** 30,
  GiB: 2 ** 30,
  TB: 1e12,
  T: 2 ** 40,
  TiB: 2 ** 40,
  PiB: 2 ** 50,
  EiB: 2 ** 60,
};

/** Bytes of an element like `<memory unit='KiB'>131072</memory>`; null when it is missing. Throws `XmlError` for an unknown unit or no number. */
export function sizeBytes(element: Element | null, defaultUnit: string): number | null {
  if (!element) return null;
  const unit = attributeOf(element, "unit") ?? defaultUnit;
  const factor = units[unit];
  const amount = Number(element.textContent?.trim() || "none");
  if (factor === undefined || !Number.isSafeInteger(amount * (factor ?? 1)) || amount < 0)
    throw new XmlError(
      `Cannot read the size <${element.nodeName}>: ${element.textContent} ${unit}, must be a whole number of a known unit.`,
    );
  return amount * factor;
}
