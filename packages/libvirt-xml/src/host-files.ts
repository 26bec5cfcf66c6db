import type { Element } from "@xmldom/xmldom";
import { attributeOf, childrenOf, find, textAt } from "./element.ts";

/** The file in which a UEFI guest's firmware keeps its variables; null when it has none, or libvirt has not yet made up its name. */
export const nvramFile = (domain: Element): string | null => textAt(find(domain, "os"), "nvram");

/** Host files that the hypervisor opens when the guest starts, besides disks: kernel, firmware, tables, option ROMs. Each once. */
export function hostFiles(domain: Element): string[] {
  const os = find(domain, "os");
  const texts = ["kernel", "initrd", "dtb", "loader", "nvram"].map((name) => textAt(os, name));
  const template = attributeOf(find(os, "nvram"), "template");
  const tables = childrenOf(find(os, "acpi"), "table").map((table) => table.textContent?.trim() ?? null);
  const entries = childrenOf(domain, "sysinfo").flatMap((info) => childrenOf(info, "entry").map((entry) => attributeOf(entry, "file")));
  const roms = childrenOf(find(domain, "devices")).map((device) => attributeOf(find(device, "rom"), "file"));
  return [...new Set([...texts, template, ...tables, ...entries, ...roms].filter((file): file is string => !!file))];
}
