import { type GuestDefinition, isUuid } from "@ferry/core";
import type { Element } from "@xmldom/xmldom";
import { requireName } from "./characters.ts";
import { parseDocument, serialize } from "./document.ts";
import { attributeOf, childrenOf, find, textAt } from "./element.ts";
import { hostFiles, nvramFile } from "./host-files.ts";
import { immovableThings, isKnownImmovable } from "./immovable.ts";
import { parseDisk } from "./parse-disk.ts";
import { parseInterface } from "./parse-interface.ts";
import { domain as domainShape } from "./shapes/domain.ts";
import { sizeBytes } from "./sizes.ts";
import { unknownPaths } from "./unknown-paths.ts";
import { XmlError } from "./xml-error.ts";

/**
 * Reads a domain definition, live or persistent, migratable or not. Never refuses a guest for what it contains: what cannot move is in
 * `immovable`, what ferry does not know in `unknownElements`. Throws `XmlError` when the text is not a domain document.
 */
export function parseDomain(xml: string): GuestDefinition {
  const domain = parseDocument(xml, "domain");
  const devices = find(domain, "devices");
  const cpu = find(domain, "cpu");
  const nvram = nvramFile(domain);
  return {
    uuid: requireUuid(domain),
    name: requireName(find(domain, "name")?.textContent ?? "", "domain name"),
    virtType: attributeOf(domain, "type") ?? "unknown",
    arch: attributeOf(find(domain, "os", "type"), "arch") ?? "unknown",
    machine: attributeOf(find(domain, "os", "type"), "machine"),
    emulator: textAt(devices, "emulator"),
    memoryKiB: memoryKiB(domain),
    vcpus: requireVcpus(domain),
    cpuXml: cpu && serialize(cpu),
    disks: childrenOf(devices, "disk").map(parseDisk),
    interfaces: childrenOf(devices, "interface").map(parseInterface),
    hostFiles: hostFiles(domain),
    ...(nvram === null ? {} : { nvram }),
    immovable: immovableThings(domain),
    unknownElements: unknownElements(domain),
  };
}

function requireUuid(domain: Element): string {
  const uuid = textAt(domain, "uuid")?.toLowerCase() ?? "";
  if (!isUuid(uuid)) throw new XmlError(`Cannot read domain/uuid: ${JSON.stringify(uuid)} is not a uuid with dashes.`);
  return uuid;
}

/** The most memory that the guest may have, hot-plugged modules included, in KiB rounded up. */
function memoryKiB(domain: Element): number {
  const bytes = sizeBytes(find(domain, "memory"), "KiB");
  if (bytes === null) throw new XmlError("Cannot read domain/memory: the element is missing.");
  return Math.ceil(bytes / 1024);
}

/** The most CPUs that the guest may have; libvirt takes one when the element is missing. */
function requireVcpus(domain: Element): number {
  const count = Number(textAt(domain, "vcpu") ?? "1");
  if (!Number.isInteger(count) || count < 1)
    throw new XmlError(`Cannot read domain/vcpu: ${textAt(domain, "vcpu")} is not a number of CPUs.`);
  return count;
}

/** Paths outside the allow-list, without those that are reported as immovable already. */
function unknownElements(domain: Element): string[] {
  const reported = (path: string): boolean => isKnownImmovable(path.replace(/^domain\/(devices\/)?/, "").split("/")[0] ?? "");
  const ofDisk = /^domain\/devices\/disk\/(mirror|transient|source\/encryption)(\/|$)/;
  return unknownPaths(domain, domainShape, "domain").filter((path) => !reported(path) && !ofDisk.test(path));
}
