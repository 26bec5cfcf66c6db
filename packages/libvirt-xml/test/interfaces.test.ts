import { destinationDomain, parseDomain, sameEverywhere, XmlError } from "@ferry/libvirt-xml";
import { expect, test } from "vitest";
import { smallDomain } from "./fixture.ts";

const mac = "52:54:00:00:00:01";
const card = (type: string, inside: string): string => `<interface type='${type}'><mac address='${mac}'/>${inside}</interface>`;
const parsed = (type: string, inside: string) => parseDomain(smallDomain({ devices: card(type, inside) }));
const plain = { mac, portgroup: null, mode: null, vlans: [], virtualPort: null, target: null, model: null, filter: null };

const kinds: [kind: string, type: string, inside: string, what: object][] = [
  ["a bridge", "bridge", "<source bridge='br0'/>", { type: "bridge", source: "br0" }],
  [
    "a port group of a network",
    "network",
    "<source network='lan' portgroup='vlan10'/>",
    { type: "network", source: "lan", portgroup: "vlan10" },
  ],
  ["a VLAN", "bridge", "<source bridge='br0'/><vlan><tag id='42'/></vlan>", { type: "bridge", source: "br0", vlans: [42] }],
  [
    "a trunk on Open vSwitch",
    "bridge",
    `<source bridge='ovs0'/><vlan trunk='yes'><tag id='42'/><tag id='123' nativeMode='untagged'/></vlan>
     <virtualport type='openvswitch'><parameters interfaceid='09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f' profileid='web'/></virtualport>`,
    { type: "bridge", source: "ovs0", vlans: [42, 123], virtualPort: "openvswitch" },
  ],
  ["macvtap", "direct", "<source dev='eth0' mode='private'/>", { type: "direct", source: "eth0", mode: "private" }],
  ["macvtap in libvirt's own mode", "direct", "<source dev='eth0'/>", { type: "direct", source: "eth0", mode: "vepa" }],
  [
    "a running card of a network on a bridge",
    "bridge",
    "<source network='lan' portgroup='vlan10' portid='09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f' bridge='br0'/>",
    { type: "network", source: "lan", portgroup: "vlan10" },
  ],
  [
    "a running card of a network on macvtap",
    "direct",
    "<source network='lan' dev='eth0' mode='bridge'/>",
    { type: "network", source: "lan" },
  ],
];

test.each(kinds)("a card is read: %s", (_, type, inside, what) => {
  const guest = parsed(type, inside);
  expect(guest.interfaces).toEqual([{ ...plain, ...what }]);
  expect(guest).toMatchObject({ unknownElements: [], immovable: [] });
});

test.each(kinds)("a card keeps what it is plugged into at the destination: %s", (_, type, inside, what) => {
  const moved = parseDomain(destinationDomain(smallDomain({ devices: card(type, inside) }), sameEverywhere));
  expect(moved.interfaces).toEqual([{ ...plain, ...what }]);
});

test("a running card of a network is plugged into the network, not into the bridge that it has at the source", () => {
  const xml = smallDomain({ devices: card("bridge", "<source network='lan' bridge='br7'/><vlan><tag id='42'/></vlan>") });
  const moved = destinationDomain(xml, sameEverywhere);
  expect(moved).toContain('<interface type="network">');
  expect(moved).toContain('<source network="lan"/>');
  expect(moved).toContain('<tag id="42"/>');
});

test("a running card of a network can be mapped to another network, and to nothing else", () => {
  const xml = smallDomain({ devices: card("bridge", "<source network='lan' bridge='br7'/>") });
  const mapped = destinationDomain(xml, { ...sameEverywhere, interfaces: { [mac]: { type: "network", source: "lan2" } } });
  expect(parseDomain(mapped).interfaces[0]).toMatchObject({ type: "network", source: "lan2" });
  const wrong = { ...sameEverywhere, interfaces: { [mac]: { type: "bridge", source: "br1" } as const } };
  expect(() => destinationDomain(xml, wrong)).toThrow(XmlError);
});

test("the port of a virtual switch travels with its identity and profile", () => {
  const port =
    "<virtualport type='openvswitch'><parameters interfaceid='09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f' profileid='web'/></virtualport>";
  const moved = destinationDomain(smallDomain({ devices: card("bridge", `<source bridge='ovs0'/>${port}`) }), sameEverywhere);
  expect(moved).toContain('<parameters interfaceid="09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f" profileid="web"/>');
});
