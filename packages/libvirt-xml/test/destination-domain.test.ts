import { type DestinationMapping, destinationDomain, parseDomain, sameEverywhere, XmlError } from "@ferry/libvirt-xml";
import { describe, expect, test } from "vitest";
import { fixture, smallDomain } from "./fixture.ts";

const migratable = fixture("domain-migratable");
const moved = (change: Partial<DestinationMapping>, xml = migratable): string => destinationDomain(xml, { ...sameEverywhere, ...change });
const placed = (path: string) => ({ place: { type: "file", path }, backing: "undeclared" }) as const;
/** The same document whatever quotes and blanks it was written with. */
const plain = (xml: string): string =>
  xml.replaceAll("'", '"').replaceAll("&apos;", '"').replaceAll(/>\s+</g, "><").replaceAll("&quot;", '"').trim();

describe("the definition for a destination", () => {
  test("is the source's own, element by element, when nothing differs", () => {
    expect(plain(moved({}))).toBe(plain(migratable));
  });

  test("differs in the disk's place only, when only that is mapped", () => {
    const expected = migratable.replace("/var/lib/libvirt/images/web.qcow2", "/srv/vm/web.qcow2");
    expect(plain(moved({ disks: { vda: placed("/srv/vm/web.qcow2") } }))).toBe(plain(expected));
  });

  test("declares the backing chain with formats and ends it", () => {
    const backing = [
      { path: "/srv/base.qcow2", format: "qcow2" },
      { path: "/srv/root.img", format: "raw" },
    ];
    const guest = parseDomain(moved({ disks: { vda: { place: { type: "file", path: "/srv/web.qcow2" }, backing } } }));
    expect(guest.disks[0]?.backing).toEqual(backing);
    const xml = moved({ disks: { vda: { place: { type: "file", path: "/srv/web.qcow2" }, backing: [] } } });
    expect(xml).toContain("<backingStore/>");
  });

  test("turns a file into a pool's volume", () => {
    const xml = moved({ disks: { vda: { place: { type: "volume", pool: "fast", volume: "web" }, backing: "undeclared" } } });
    expect(parseDomain(xml).disks[0]?.source).toEqual({ type: "volume", pool: "fast", volume: "web" });
    expect(xml).not.toContain("/var/lib/libvirt/images/web.qcow2");
  });

  test("plugs cards into the destination's bridge and renames filters", () => {
    const xml = moved({
      interfaces: { "52:54:00:00:00:11": { type: "bridge", source: "br-lan" } },
      filters: { "clean-traffic": "tenant-a" },
    });
    expect(parseDomain(xml).interfaces[0]).toMatchObject({ source: "br-lan", filter: "tenant-a", mac: "52:54:00:00:00:11" });
  });

  test("replaces listen addresses of the source host and leaves wildcard and loopback ones", () => {
    const xml = moved({ listenAddress: "198.18.78.12" }, migratable.replaceAll("0.0.0.0", "198.18.78.11"));
    expect(xml).not.toContain("198.18.78.11");
    expect(xml).toContain('<listen type="address" address="198.18.78.12"/>');
    expect(xml).toContain('<listen type="address" address="127.0.0.1"/>');
    expect(plain(moved({ listenAddress: "198.18.78.12" }))).toBe(plain(migratable));
  });

  test("keeps metadata of others with its namespace, without what has none", () => {
    const xml = moved({}, smallDomain({ top: "<metadata><n:a xmlns:n='urn:n'><n:b c='1'/></n:a><stray/></metadata>" }));
    expect(xml).toContain('<metadata><n:a xmlns:n="urn:n"><n:b c="1"/></n:a></metadata>');
  });

  test("drops security labels that the source made up and keeps chosen ones", () => {
    const labels =
      "<seclabel type='dynamic' model='dac' relabel='yes'><label>+0:+0</label></seclabel><seclabel type='none' model='selinux'/>";
    expect(moved({}, smallDomain({ top: labels }))).toContain('<seclabel type="none" model="selinux"/>');
    expect(moved({}, smallDomain({ top: labels }))).not.toContain("dynamic");
  });

  test.each([`a<b>&"c'`, "$(reboot)", "日本", "a;b`c`"])("keeps the name %s harmless", (name) => {
    const escaped = name.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
    const xml = moved(
      { disks: { vda: placed(`/srv/${name}.qcow2`) } },
      migratable.replace(/<name>.*<\/name>/, () => `<name>${escaped}</name>`),
    );
    expect(parseDomain(xml)).toMatchObject({ name, disks: [{ source: { path: `/srv/${name}.qcow2` } }, {}], unknownElements: [] });
  });
});

describe("refusing to build", () => {
  test.each<[string, Partial<DestinationMapping>, string]>([
    ["a disk that the guest lacks", { disks: { vdz: placed("/a") } }, "vdz"],
    ["an empty drive", { disks: { sda: placed("/a") } }, "sda"],
    ["a relative path", { disks: { vda: placed("web.qcow2") } }, "web.qcow2"],
    ["a control character in a path", { disks: { vda: placed("/a\nb") } }, "control character"],
    ["a card that the guest lacks", { interfaces: { "52:54:00:00:00:99": { type: "bridge", source: "br0" } } }, "52:54:00:00:00:99"],
    ["another type of card", { interfaces: { "52:54:00:00:00:11": { type: "network", source: "default" } } }, "must stay"],
    [
      "a control character in a bridge",
      { interfaces: { "52:54:00:00:00:11": { type: "bridge", source: "br\u0007" } } },
      "control character",
    ],
  ])("%s", (_, change, words) => {
    expect(() => moved(change)).toThrow(words);
  });

  test("an unknown element, naming its path", () => {
    expect(() => moved({}, smallDomain({ devices: "<gizmo/>" }))).toThrow("domain/devices/gizmo");
  });

  test("a disk without a declared format", () => {
    const xml = smallDomain({ devices: "<disk type='file'><source file='/a'/><target dev='vda'/></disk>" });
    expect(() => moved({ disks: { vda: placed("/b") } }, xml)).toThrow(XmlError);
  });
});
