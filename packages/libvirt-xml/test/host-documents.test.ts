import {
  buildNwfilter,
  buildVolume,
  isComparableCpu,
  parseCapabilities,
  parseCpu,
  parseDomainCapabilities,
  parseNetwork,
  parseNwfilter,
  parsePool,
  parseVolume,
  XmlError,
} from "@ferry/libvirt-xml";
import { describe, expect, test } from "vitest";
import { fixture } from "./fixture.ts";

describe("volumes", () => {
  test("a thin overlay is built with exact bytes and the format of its backing file", () => {
    const xml = buildVolume({ name: "web.qcow2", format: "qcow2", capacityBytes: 1073741824, backing: { path: "/b.raw", format: "raw" } });
    expect(xml).toBe(
      '<volume type="file"><name>web.qcow2</name><capacity unit="bytes">1073741824</capacity><allocation unit="bytes">0</allocation>' +
        '<target><format type="qcow2"/><compat>1.1</compat></target><backingStore><path>/b.raw</path><format type="raw"/></backingStore></volume>',
    );
  });

  test.each(["", "../x", "a\nb", "a\u0000"])("the name %j is refused", (name) => {
    expect(() => buildVolume({ name, format: "raw", capacityBytes: 1, backing: null })).toThrow(XmlError);
  });

  test("one is read", () => {
    const xml = `<volume type='file'><name>a&lt;b</name><key>/p/a&lt;b</key><capacity unit='bytes'>67108864</capacity><allocation unit='bytes'>200704</allocation>
      <target><path>/p/a&lt;b</path><format type='qcow2'/><timestamps><atime>1.5</atime><mtime>1341933637.273190990</mtime></timestamps></target><backingStore><path>/p/base</path><format type='qcow2'/></backingStore></volume>`;
    expect(parseVolume(xml)).toEqual({
      modifiedAt: "1341933637.273190990",
      name: "a<b",
      key: "/p/a<b",
      path: "/p/a<b",
      format: "qcow2",
      capacityBytes: 67108864,
      allocationBytes: 200704,
      backing: { path: "/p/base", format: "qcow2" },
    });
  });
});

test("a pool is read", () => {
  const xml = `<pool type='dir'><name>default</name><uuid>5b6d5f3e-7c1c-4f7a-9a5b-0c1d2e3f4a5b</uuid><capacity unit='bytes'>100</capacity>
    <allocation unit='bytes'>40</allocation><available unit='bytes'>60</available><source/><target><path>/var/lib/libvirt/images</path></target></pool>`;
  expect(parsePool(xml)).toMatchObject({
    name: "default",
    type: "dir",
    path: "/var/lib/libvirt/images",
    capacityBytes: 100,
    availableBytes: 60,
  });
});

test.each([
  ["<forward mode='nat'/><bridge name='virbr0'/>", "virbr0", "nat"],
  ["<bridge name='virbr1'/>", "virbr1", null],
  ["<forward mode='passthrough'><interface dev='eth0'/></forward>", null, "passthrough"],
])("a network %s is read", (inside, bridge, forwardMode) => {
  const xml = `<network><name>n</name><uuid>5b6d5f3e-7c1c-4f7a-9a5b-0c1d2e3f4a5b</uuid>${inside}</network>`;
  expect(parseNetwork(xml)).toMatchObject({ name: "n", bridge, forwardMode });
});

test("a network names its groups of ports", () => {
  const groups = "<portgroup name='vlan10' default='yes'><vlan><tag id='10'/></vlan></portgroup><portgroup name='vlan20'/>";
  const uuid = "5c6d49af-b071-6127-b4ec-6f8ed4b55335";
  expect(parseNetwork(`<network><name>n</name><uuid>${uuid}</uuid>${groups}</network>`).portgroups).toEqual(["vlan10", "vlan20"]);
  const port = "<virtualport type='openvswitch'/>";
  expect(parseNetwork(`<network><name>n</name><uuid>${uuid}</uuid>${port}</network>`).virtualPort).toBe("openvswitch");
});

describe("network filters", () => {
  const uuid = "5c6d49af-b071-6127-b4ec-6f8ed4b55335";
  const text = (id: string, blanks: string, order: string) =>
    `<filter name='web' chain='root'>${blanks}<!-- a note --><uuid>${id}</uuid>${blanks}<filterref filter='allow-arp'/><rule ${order}><tcp dstportstart='80'/></rule></filter>`;
  const one = parseNwfilter(text(uuid, "\n  ", "action='accept' direction='in' priority='500'"));

  test.each([
    ["<rule action='accept' direction='in'><tcp dstportstart='80'/></rule>", true],
    ["<rule action='drop' direction='inout'><mac match='no' srcmacaddr='$MAC'/></rule><filterref filter='allow-arp'/>", false],
    ["<rule action='drop' direction='out'><ip protocol='udp'/></rule><rule action='drop' direction='in'><all-ipv6/></rule>", true],
  ])("who carries the rules out is told: %s", (rules, filtersIp) => {
    expect(parseNwfilter(`<filter name='web'><uuid>${uuid}</uuid>${rules}</filter>`)).toMatchObject({ filtersIp });
  });

  test("equal rules give equal text, whatever uuid, blanks, comments and attribute order", () => {
    const other = parseNwfilter(text("aaaaaaaa-b071-6127-b4ec-6f8ed4b55335", "", "priority='500' direction='in' action='accept'"));
    expect(other.rulesXml).toBe(one.rulesXml);
    expect(one.rulesXml).not.toContain(uuid);
    expect(one).toMatchObject({ name: "web", uuid, references: ["allow-arp"] });
  });

  test("other rules give other text", () => {
    expect(parseNwfilter(text(uuid, "", "action='drop' direction='in' priority='500'")).rulesXml).not.toBe(one.rulesXml);
  });

  test("one is built under another name and uuid and reads back", () => {
    const built = buildNwfilter({ name: `a<b>&"c'`, uuid: "aaaaaaaa-b071-6127-b4ec-6f8ed4b55335", rulesXml: one.rulesXml });
    expect(parseNwfilter(built)).toMatchObject({
      name: `a<b>&"c'`,
      uuid: "aaaaaaaa-b071-6127-b4ec-6f8ed4b55335",
      references: ["allow-arp"],
    });
  });

  test("no uuid, or a control character in the name, is refused", () => {
    expect(() => buildNwfilter({ name: "a", uuid: "x", rulesXml: one.rulesXml })).toThrow(XmlError);
    expect(() => buildNwfilter({ name: "a\n", uuid, rulesXml: one.rulesXml })).toThrow(XmlError);
  });
});

test("capabilities: host, CPU and machines by arch and domain type", () => {
  const host = parseCapabilities(fixture("capabilities"));
  expect(host).toMatchObject({
    hostUuid: "81a2e08d-862c-42b5-b054-1b08f013fcdc",
    arch: "x86_64",
    cpuModel: "kvm64",
    cpuVendor: "AMD",
    cpuFeatures: ["vme", "avx2"],
    cpuTopology: { sockets: 1, cores: 2, threads: 1 },
    emulators: { x86_64: "/usr/bin/qemu-system-x86_64" },
  });
  expect(host.machines["x86_64/qemu"]).toEqual(["microvm", "pc", "pc-i440fx-7.2", "pc-q35-7.2", "q35"]);
  expect(host.machines["x86_64/kvm"]).toEqual(host.machines["x86_64/qemu"]);
});

test("domain capabilities: modes, usable models and a comparable host model", () => {
  const found = parseDomainCapabilities(fixture("domain-capabilities"));
  expect(found).toMatchObject({ virtType: "qemu", maxVcpus: 255, cpuModes: ["maximum", "host-model", "custom"] });
  expect(found.usableCpuModels).toContain("qemu64");
  expect(found.usableCpuModels).not.toContain("phenom");
  expect(parseCpu(found.hostModelCpuXml ?? "")).toEqual({ mode: "custom", model: "EPYC", vendor: "AMD", features: ["acpi", "vme"] });
});

test.each([
  ["<cpu mode='custom' match='exact'><model>qemu64</model></cpu>", true],
  ["<cpu><model>qemu64</model></cpu>", true],
  ["<cpu mode='host-passthrough'/>", false],
  ["<cpu><topology sockets='2' cores='1' threads='1'/></cpu>", false],
])("%s can be compared: %s", (xml, expected) => {
  expect(isComparableCpu(xml)).toBe(expected);
});
