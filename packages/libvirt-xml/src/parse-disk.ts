import type { DiskSource, GuestDisk, NetworkSource, SecretReference } from "@ferry/core";
import type { Element } from "@xmldom/xmldom";
import { requireName } from "./characters.ts";
import { attributeOf, childrenOf, find } from "./element.ts";
import { XmlError } from "./xml-error.ts";

const devices: readonly GuestDisk["device"][] = ["disk", "cdrom", "floppy", "lun"];

/** Reads one `<disk>`. Throws `XmlError` when it has no target or an unknown device kind. */
export function parseDisk(disk: Element): GuestDisk {
  return {
    target: requireTarget(disk),
    device: requireDevice(disk),
    source: parseSource(attributeOf(disk, "type") ?? "file", find(disk, "source"), find(disk, "auth")),
    format: attributeOf(find(disk, "driver"), "type"),
    readOnly: find(disk, "readonly") !== null,
    shareable: find(disk, "shareable") !== null,
    cache: cacheMode(find(disk, "driver")),
    backing: parseBacking(find(disk, "backingStore")),
    ...(endsChain(find(disk, "backingStore")) ? { chainEnds: true } : {}),
    ...serialOf(disk),
  };
}

/** Xen's block backend (`phy`) hands the guest's requests to the device itself, past the cache of its host. */
function cacheMode(driver: Element | null): string | null {
  return attributeOf(driver, "cache") ?? (attributeOf(driver, "name") === "phy" ? "none" : null);
}

function serialOf(disk: Element): Pick<GuestDisk, "serial"> {
  const serial = find(disk, "serial")?.textContent;
  return serial ? { serial } : {};
}

function requireTarget(disk: Element): string {
  const target = attributeOf(find(disk, "target"), "dev");
  if (!target) throw new XmlError("Cannot read domain/devices/disk: it has no <target dev=…>.");
  return requireName(target, "disk target");
}

function requireDevice(disk: Element): GuestDisk["device"] {
  const name = attributeOf(disk, "device") ?? "disk";
  const device = devices.find((known) => known === name);
  if (!device) throw new XmlError(`Cannot read domain/devices/disk/@device: ${name} is unknown, must be one of ${devices.join(", ")}.`);
  return device;
}

function parseSource(type: string, source: Element | null, auth: Element | null): DiskSource {
  const attribute = (name: string): string | null => attributeOf(source, name);
  const path = attribute(type === "block" ? "dev" : "file");
  const [pool, volume] = [attribute("pool"), attribute("volume")];
  if (!source || (["file", "block"].includes(type) && path === null)) return { type: "none" };
  if ((type === "file" || type === "block") && path !== null) return { type, path: requireName(path, "disk path") };
  if (type === "volume" && pool !== null && volume !== null) return { type, pool, volume };
  if (type === "network") return parseNetworkSource(source, auth ?? find(source, "auth"));
  return { type: "other", words: type };
}

/** `<auth>` may be a child of the disk (as it was once) or of its source. */
function parseNetworkSource(source: Element, auth: Element | null): NetworkSource {
  const hosts = childrenOf(source, "host").flatMap((host) => {
    const [name, port] = [attributeOf(host, "name"), Number(attributeOf(host, "port") ?? "0")];
    return name === null ? [] : [{ name, port: port > 0 ? port : null }];
  });
  const socket = childrenOf(source, "host").find((host) => attributeOf(host, "transport") === "unix");
  return {
    type: "network",
    protocol: attributeOf(source, "protocol") ?? "unknown",
    name: attributeOf(source, "name") ?? "",
    hosts,
    socket: socket ? (attributeOf(socket, "socket") ?? "") : null,
    secret: parseSecret(find(auth, "secret")),
  };
}

function parseSecret(secret: Element | null): SecretReference | null {
  const [type, uuid, usage] = ["type", "uuid", "usage"].map((name) => attributeOf(secret, name) ?? "");
  if (uuid) return { uuid };
  return type && usage ? { type, usage } : null;
}

/** An empty `<backingStore/>`, unlike none, says that the image stands on nothing. */
const endsChain = (store: Element | null): boolean => store !== null && find(store, "source") === null;

function parseBacking(store: Element | null): GuestDisk["backing"] {
  const source = find(store, "source");
  if (!store || !source) return [];
  const link = { path: sourceWords(source), format: attributeOf(find(store, "format"), "type") };
  return [link, ...parseBacking(childrenOf(store, "backingStore")[0] ?? null)];
}

/** The path of a backing file; `protocol:name` for one that is reached over the network. */
function sourceWords(source: Element): string {
  const path = attributeOf(source, "file") ?? attributeOf(source, "dev");
  return (
    path ??
    `${attributeOf(source, "protocol") ?? attributeOf(source, "pool")}:${attributeOf(source, "name") ?? attributeOf(source, "volume")}`
  );
}
