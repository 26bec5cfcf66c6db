import { describe, expect, it } from "vitest";
import { knownAddresses, unguardableThere } from "../src/index.ts";

const network = (name: string, bridge: string | null, virtualPort: string | null = null) => ({
  name,
  active: true,
  bridge,
  portgroups: [],
  virtualPort,
});
const networks = [network("nat", "virbr0"), network("uplink", null), network("switch", "ovs0", "openvswitch")];
const host = { hypervisorType: "QEMU", networks, bridges: ["br0"] };
const card = (name: string, fixedIp: string | null = null) => ({ network: name, mac: `52:54:00:00:00:0${name.length}`, fixedIp });

describe("whether the cards of a new server can be guarded", () => {
  it.each([
    ["on a bridge", ["br0"], null],
    ["on a libvirt network with a bridge", ["nat"], null],
    ["of none", [], null],
    ["on a network of a device", ["br0", "uplink"], "libvirt cannot filter its card 52:54:00:00:00:06 of type direct"],
    ["on a network of Open vSwitch", ["switch"], "libvirt cannot filter its card 52:54:00:00:00:06 on a switch port of openvswitch"],
  ])("%s", (_, names, reason) => {
    expect(
      unguardableThere(
        host,
        names.map((name) => card(name)),
      ),
    ).toBe(reason);
  });

  it("on Xen", () => {
    expect(unguardableThere({ ...host, hypervisorType: "Xen" }, [card("br0")])).toContain("Xen");
  });
});

describe("addresses that a server's cards are held to", () => {
  const [first, second] = [card("a", "10.0.0.1"), card("bb", "10.0.0.2")];
  const both = { [first.mac]: "10.0.0.1", [second.mac]: "10.0.0.2" };
  it.each([
    ["of a server that is not made yet", [first, second], [], both],
    ["of a server that is there", [first, second], [second.mac, first.mac], both],
    ["a card that was given none", [first, card("bb")], [], null],
    ["a card that came later", [first], [first.mac, second.mac], null],
    ["no card", [], [], null],
    ["an adopted guest", [], [first.mac], null],
  ])("%s", (_, nics, macs, addresses) => {
    expect(knownAddresses(nics, macs)).toEqual(addresses);
  });
});
