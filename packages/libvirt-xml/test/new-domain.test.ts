import { expect, it } from "vitest";
import { type NewDomain, newDomain, parseDomain, XmlError } from "../src/index.ts";

const domain: NewDomain = {
  uuid: "8a1e2b3c-4d5e-4f60-8a7b-9c0d1e2f3a41",
  name: "instance-8a1e2b3c-4d5e",
  virtType: "qemu",
  arch: "x86_64",
  machine: "q35",
  memoryMiB: 512,
  vcpus: 2,
  root: { path: "/srv/a.disk.qcow2", backing: { path: "/srv/_base-00.raw", format: "raw" } },
  configDrive: "/srv/a.config.iso",
  nics: [{ type: "bridge", source: "br0", mac: "52:54:0a:00:00:05", guard: null }],
};

it("writes a definition that ferry can read and move", () => {
  const read = parseDomain(newDomain(domain));
  expect(read).toMatchObject({ uuid: domain.uuid, name: domain.name, virtType: "qemu", memoryKiB: 512 * 1024, vcpus: 2, machine: "q35" });
  expect(read.unknownElements).toEqual([]);
  expect(read.immovable).toEqual([]);
  expect(read.disks).toMatchObject([
    { target: "vda", device: "disk", format: "qcow2", readOnly: false, source: { type: "file", path: "/srv/a.disk.qcow2" } },
    { target: "sda", device: "cdrom", format: "raw", readOnly: true, source: { type: "file", path: "/srv/a.config.iso" } },
  ]);
  expect(read.disks[0]?.backing).toEqual([{ path: "/srv/_base-00.raw", format: "raw" }]);
  expect(read.interfaces).toMatchObject([{ mac: "52:54:0a:00:00:05", type: "bridge", source: "br0" }]);
});

it("ends the backing chain, so that nobody looks into the base for more", () => {
  expect(newDomain(domain)).toContain('<source file="/srv/_base-00.raw"/><backingStore/></backingStore>');
});

it("takes the host's processor only where the host executes the guest", () => {
  expect(newDomain({ ...domain, virtType: "kvm" })).toContain("host-model");
  expect(newDomain(domain)).toContain("qemu64");
});

it("writes names as they are, and no markup", () => {
  const read = parseDomain(newDomain({ ...domain, nics: [{ type: "network", source: "a'><b", mac: "52:54:0a:00:00:05", guard: null }] }));
  expect(read.interfaces[0]?.source).toBe("a'><b");
});

it("takes no path that is not absolute", () => {
  expect(() => newDomain({ ...domain, configDrive: "a.iso" })).toThrow(XmlError);
});

it("has a network filter guard a card from its first start on, and hold it to its address where that is known", () => {
  const guarded = (address: string | null) => {
    const nics = domain.nics.map((nic) => ({ ...nic, guard: { filter: "wanted", address } }));
    return newDomain({ ...domain, nics });
  };
  expect(parseDomain(guarded(null)).interfaces).toMatchObject([{ filter: "wanted" }]);
  expect(guarded(null)).not.toContain("parameter");
  expect(guarded("10.0.0.5")).toContain('<filterref filter="wanted"><parameter name="IP" value="10.0.0.5"/></filterref>');
});
