import type { HostFacts } from "@ferry/core";
import { expect, it } from "vitest";
import { newNics } from "../src/services/new-server/new-nics.ts";

const network = (name: string, active = true) => ({ name, active, bridge: null, portgroups: [], virtualPort: null });
const host = (networks: HostFacts["networks"], bridges: readonly string[] = []) => ({ facts: { networks, bridges } as HostFacts });
const id = "8a1e2b3c-4d5e-4f60-8a7b-9c0d1e2f3a41";

it.each([
  ["the one there is", [host([network("lab")])], ["lab"]],
  ["default among several", [host([network("lab"), network("default")])], ["default"]],
  ["none where there is none", [host([])], []],
  ["none where it is stopped", [host([network("lab", false)])], []],
])("takes automatically %s", (_, hosts, wanted) => {
  expect(newNics(id, "auto", hosts).map((nic) => nic.network)).toEqual(wanted);
});

it("does not choose among several", () => {
  expect(() => newNics(id, "auto", [host([network("a")]), host([network("b")])])).toThrow(/Multiple possible networks found \(a, b\)/);
});

it("gives no card when none is wanted", () => {
  expect(newNics(id, "none", [host([network("lab")])])).toEqual([]);
});

it("makes the address of the card of its fixed address, else of the server's id, each time the same", () => {
  const hosts = [host([], ["br0"])];
  const [fixed] = newNics(id, [{ uuid: "br0", fixed_ip: "198.18.78.140" }], hosts);
  expect(fixed).toEqual({ network: "br0", fixedIp: "198.18.78.140", mac: "52:54:c6:12:4e:8c" });
  const [first, second] = newNics(id, [{ uuid: "br0" }, { uuid: "br0" }], hosts);
  expect(first?.mac).toMatch(/^fa:16:3e(:[0-9a-f]{2}){3}$/);
  expect(first?.mac).not.toBe(second?.mac);
  expect(newNics(id, [{ uuid: "br0" }], hosts)[0]?.mac).toBe(first?.mac);
});

it("refuses a network that no host has", () => {
  expect(() => newNics(id, [{ uuid: "br9" }], [host([], ["br0"])])).toThrow("Network br9 could not be found.");
});
