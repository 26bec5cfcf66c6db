import { parseDomain, XmlError } from "@ferry/libvirt-xml";
import { describe, expect, test } from "vitest";
import { fixture, smallDomain } from "./fixture.ts";

describe("parsing a domain", () => {
  test("reads a live definition with backing chain, card and filter", () => {
    const guest = parseDomain(fixture("domain-live"));
    expect(guest).toMatchObject({
      uuid: "9ef8673c-4e09-4dab-960e-a665fdabea27",
      name: `a<b>&"c'`,
      virtType: "qemu",
      arch: "x86_64",
      machine: "pc-q35-7.2",
      emulator: "/usr/bin/qemu-system-x86_64",
      memoryKiB: 131072,
      vcpus: 2,
      immovable: [],
      unknownElements: [],
    });
    expect(guest.disks[0]).toEqual({
      target: "vda",
      device: "disk",
      serial: "abc",
      source: { type: "file", path: "/var/lib/libvirt/images/web.qcow2" },
      format: "qcow2",
      readOnly: false,
      shareable: false,
      cache: "none",
      backing: [{ path: "/var/lib/libvirt/images/base.qcow2", format: "qcow2" }],
    });
    expect(guest.disks[1]).toMatchObject({ target: "sda", device: "cdrom", source: { type: "none" }, readOnly: true });
    expect(guest.interfaces).toEqual([
      {
        mac: "52:54:00:00:00:11",
        type: "bridge",
        source: "br0",
        portgroup: null,
        mode: null,
        vlans: [],
        virtualPort: null,
        target: "vnet0",
        model: "virtio",
        filter: "clean-traffic",
      },
    ]);
    expect(guest.cpuXml).toContain("qemu64");
  });

  test("the file of a UEFI guest's variables is one of the files that it boots with", () => {
    const uefi = smallDomain().replace(
      "</os>",
      "<loader type='pflash'>/fw/CODE.fd</loader><nvram template='/fw/VARS.fd'>/nv/a.fd</nvram></os>",
    );
    expect(parseDomain(uefi)).toMatchObject({ nvram: "/nv/a.fd", hostFiles: ["/fw/CODE.fd", "/nv/a.fd", "/fw/VARS.fd"] });
    expect(parseDomain(smallDomain()).nvram).toBeUndefined();
  });

  test.each([
    ["an empty backingStore says that nothing lies below", "<backingStore/>", true],
    [
      "one with a source names what does",
      "<backingStore type='file'><format type='raw'/><source file='/b'/><backingStore/></backingStore>",
      undefined,
    ],
    ["without one the definition does not say", "", undefined],
  ])("%s", (_, store, ends) => {
    const disk = `<disk type='file' device='disk'><driver type='qcow2'/><source file='/a'/>${store}<target dev='vda'/></disk>`;
    expect(parseDomain(smallDomain({ devices: disk })).disks[0]?.chainEnds).toBe(ends);
  });

  test("knows every element of the migratable form", () => {
    expect(parseDomain(fixture("domain-migratable"))).toMatchObject({ unknownElements: [], immovable: [] });
  });

  test.each([
    [
      "kernel and firmware",
      "<kernel>/boot/vmlinuz</kernel><loader type='pflash'>/usr/share/OVMF.fd</loader>",
      ["/boot/vmlinuz", "/usr/share/OVMF.fd"],
    ],
    ["nvram and its template", "<nvram template='/usr/share/VARS.fd'>/var/lib/vars.fd</nvram>", ["/var/lib/vars.fd", "/usr/share/VARS.fd"]],
  ])("lists host files: %s", (_, inOs, files) => {
    const xml = smallDomain().replace("</type>", `</type>${inOs}`);
    expect(parseDomain(xml).hostFiles).toEqual(files);
  });

  test.each([
    ["<source pool='default' volume='a.qcow2'/>", "volume", { type: "volume", pool: "default", volume: "a.qcow2" }],
    ["<source dev='/dev/vg0/a'/>", "block", { type: "block", path: "/dev/vg0/a" }],
    [
      "<source protocol='rbd' name='pool/a'><host name='mon1'/><host name='mon2' port='3300'/></source>",
      "network",
      {
        type: "network",
        protocol: "rbd",
        name: "pool/a",
        hosts: [
          { name: "mon1", port: null },
          { name: "mon2", port: 3300 },
        ],
        socket: null,
        secret: null,
      },
    ],
    [
      "<source protocol='nbd' name='a'><host transport='unix' socket='/run/nbd.sock'/></source>",
      "network",
      { type: "network", protocol: "nbd", name: "a", hosts: [], socket: "/run/nbd.sock", secret: null },
    ],
    ["<source dir='/srv'/>", "dir", { type: "other", words: "dir" }],
  ])("reads the disk source %s", (source, type, expected) => {
    const xml = smallDomain({ devices: `<disk type='${type}'>${source}<target dev='vda'/></disk>` });
    expect(parseDomain(xml).disks[0]?.source).toEqual(expected);
  });

  test.each([
    ["<auth username='a'><secret type='ceph' uuid='u1'/></auth>", "", { uuid: "u1" }],
    ["", "<auth username='a'><secret type='iscsi' usage='san'/></auth>", { type: "iscsi", usage: "san" }],
  ])("reads the secret of a network disk from %s%s", (ofDisk, ofSource, secret) => {
    const source = `<source protocol='iscsi' name='iqn/1'><host name='san'/>${ofSource}</source>`;
    const xml = smallDomain({ devices: `<disk type='network'>${ofDisk}${source}<target dev='vda'/></disk>` });
    expect(parseDomain(xml)).toMatchObject({ disks: [{ source: { secret } }], unknownElements: [] });
  });

  test("counts memory in any unit of libvirt", () => {
    expect(parseDomain(smallDomain().replace("unit='KiB'>262144", "unit='GiB'>2")).memoryKiB).toBe(2097152);
    expect(parseDomain(smallDomain().replace("unit='KiB'>262144", "unit='MB'>1")).memoryKiB).toBe(977);
  });

  test.each([
    ["domain/newthing", smallDomain({ top: "<newthing/>" })],
    ["domain/devices/gizmo", smallDomain({ devices: "<gizmo/>" })],
    ["domain/devices/disk/@color", smallDomain({ devices: "<disk color='red'><target dev='vda'/></disk>" })],
    [
      "domain/devices/disk/source/dataStore",
      smallDomain({ devices: "<disk type='file'><source file='/a'><dataStore type='file'/></source><target dev='vda'/></disk>" }),
    ],
    ["domain/features/text()", smallDomain({ top: "<features>hello</features>" })],
    ["domain/x:thing", smallDomain({ top: "<x:thing xmlns:x='urn:x'/>" })],
    ["domain/cpu", smallDomain({ top: "<cpu xmlns='urn:x'/>" })],
  ])("reports the unknown %s", (path, xml) => {
    expect(parseDomain(xml).unknownElements).toEqual([path]);
  });
});

describe("refusing a domain", () => {
  test.each([
    ["a DOCTYPE", `<!DOCTYPE domain SYSTEM "http://example.org/x">${smallDomain()}`],
    ["an entity declaration", `<!DOCTYPE domain [<!ENTITY a "aaaa">]>${smallDomain()}`],
    ["an undeclared entity", smallDomain({ top: "<title>&a;</title>" })],
    ["an unclosed element", "<domain><name>"],
    ["an unquoted attribute", smallDomain().replace("type='qemu'", "type=qemu")],
    ["a control character in the name", smallDomain({ name: "a\u0001b" })],
    ["a control character by reference", smallDomain({ name: "a&#1;b" })],
    ["a line break in the name", smallDomain({ name: "a\nb" })],
    ["a zero byte in an attribute", smallDomain({ devices: "<disk><source file='/a&#0;b'/><target dev='vda'/></disk>" })],
    ["another root", "<pool/>"],
    ["no uuid", smallDomain().replace(/<uuid>.*<\/uuid>/, "")],
    ["a size without number", smallDomain().replace("262144", "much")],
    ["no text at all", ""],
    ["absurd depth", "<domain>".repeat(200) + "</domain>".repeat(200)],
  ])("with %s", (_, xml) => {
    expect(() => parseDomain(xml)).toThrow(XmlError);
  });
});
