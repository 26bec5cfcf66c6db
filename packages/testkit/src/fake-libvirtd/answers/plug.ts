import { affectFlags } from "@ferry/libvirt";
import type { FakeDomain } from "../domain.ts";
import type { FakeHost } from "../host.ts";
import { Refusal } from "../refusal.ts";
import { attributeAt, childrenOf, find, parseRoot, serialize } from "../xml.ts";
import { type Answers, onlyFlags } from "./answer.ts";
import { domainOf } from "./domains.ts";

/** Plugging disks into guests and pulling them out. */
export const plugAnswers = (host: FakeHost): Answers => ({
  domainAttachDeviceFlags: ({ dom, xml, flags }) => {
    const [domain, target] = [domainOf(host, dom), targetOf(xml)];
    const places = placesOf(domain, "domainAttachDeviceFlags", flags);
    const definitions = places.map((place) => withDisk(definitionAt(domain, place), xml, target));
    for (const [index, place] of places.entries()) {
      const definition = definitions[index] ?? "";
      if (place === "config") domain.define(definition);
      else domain.running().plug(definition, target);
    }
    host.datacentre.journal.note(host.name, "disk-attached", `${domain.uuid} ${target}`);
    return {};
  },
  domainDetachDeviceFlags: ({ dom, xml, flags }) => {
    const [domain, target] = [domainOf(host, dom), targetOf(xml)];
    const places = placesOf(domain, "domainDetachDeviceFlags", flags);
    for (const place of places) withoutDisk(definitionAt(domain, place), target);
    if (places.includes("config")) domain.define(withoutDisk(definitionAt(domain, "config"), target));
    if (places.includes("live")) void letGo(host, domain, target);
    return {};
  },
});

type Place = "live" | "config";

const targetOf = (xml: string): string => attributeAt(find(parseRoot(xml, "disk"), "target"), "dev") ?? "";

function placesOf(domain: FakeDomain, what: string, flags: number): Place[] {
  onlyFlags(what, flags, affectFlags.live, affectFlags.config);
  if (flags & affectFlags.config && domain.persistentXml === null)
    throw new Refusal("operationInvalid", "Requested operation is not valid: transient domains do not have any persistent config");
  if (flags & affectFlags.live) domain.running();
  return (["live", "config"] as const).filter((place) => flags & affectFlags[place]);
}

const definitionAt = (domain: FakeDomain, place: Place): string => (place === "live" ? domain.running().xml : (domain.persistentXml ?? ""));

function withDisk(definition: string, xml: string, target: string): string {
  const root = parseRoot(definition, "domain");
  const devices = find(root, "devices");
  if (childrenOf(devices, "disk").some((disk) => attributeAt(find(disk, "target"), "dev") === target))
    throw new Refusal("operationInvalid", `Requested operation is not valid: target ${target} already exists`);
  const disk = devices?.ownerDocument?.importNode(parseRoot(xml, "disk"), true);
  if (disk) devices?.appendChild(disk);
  return serialize(root);
}

function withoutDisk(definition: string, target: string): string {
  const root = parseRoot(definition, "domain");
  const devices = find(root, "devices");
  const disk = childrenOf(devices, "disk").find((one) => attributeAt(find(one, "target"), "dev") === target);
  if (!disk) throw new Refusal("operationFailed", `operation failed: no target device ${target}`);
  devices?.removeChild(disk);
  return serialize(root);
}

/** The guest takes a moment, unless it is deaf. */
async function letGo(host: FakeHost, domain: FakeDomain, target: string): Promise<void> {
  const { emulator } = domain;
  await host.datacentre.pace.tick();
  if (emulator === null || domain.emulator !== emulator || domain.deaf || !emulator.disks.has(target)) return;
  emulator.unplug(withoutDisk(emulator.xml, target), target);
  host.datacentre.journal.note(host.name, "disk-detached", `${domain.uuid} ${target}`);
  host.daemon.emit("deviceRemoved", { dom: domain.handle, devAlias: `virtio-${target}` });
}
