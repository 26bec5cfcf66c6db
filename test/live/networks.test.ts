import { setTimeout as sleep } from "node:timers/promises";
import { isSecurityFilter, securityFilters } from "@ferry/libvirt-xml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inventory, virsh } from "../lab/index.ts";
import { bridgeNamespace, hostNamespace, rootInterface, runIn } from "../lab/network.ts";
import { run } from "../lab/run.ts";
import { rootAddress } from "../lab/subnet.ts";
import { WITNESS_PORT } from "../lab/witness-client.ts";
import { heardThereAndBack } from "./support/heard-moves.ts";
import type { MovingGuest } from "./support/moving-guest.ts";
import { PeerProbe } from "./support/peer-probe.ts";
import { expectRefusal } from "./support/refusal.ts";
import { editDefinition, reshapeGuest, withCard } from "./support/reshape-guest.ts";
import { type HostName, otherHost, World } from "./support/world.ts";

/** How long those who knock wait for an answer. */
const PATIENCE_MS = 500;
const GROUP = "09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f";

describe("networks", () => {
  let world: World;

  beforeAll(async () => {
    world = await World.open();
  });

  afterAll(() => World.close(world));

  const definitionOf = (guest: MovingGuest): Promise<string> => virsh(world.host(guest.at), ["dumpxml", "--inactive", "--", guest.name]);
  const changeMap = (host: HostName, map: Record<string, string | null>) =>
    world.stack.api.ok("PATCH", `/ferry/v1/hosts/${host}`, { network_map: map });

  /** Makes something on a host that is to stay there, whatever moves. */
  async function furnish(host: HostName, make: () => Promise<unknown>): Promise<void> {
    await make();
    for (const item of (await world.strayThings(host)).added) world.expectAlso(host, item);
  }

  describe("of other names on the other host", () => {
    let guest: MovingGuest;
    const network = (name: string): string =>
      `<network><name>${name}</name><forward mode='bridge'/><bridge name='br0'/><portgroup name='web'/></network>`;
    const make = (host: HostName, name: string): Promise<void> =>
      furnish(host, async () => {
        await virsh(world.host(host), ["net-define", "/dev/stdin"], network(name));
        await virsh(world.host(host), ["net-start", name]);
      });

    beforeAll(async () => {
      await make("compute1", "tenant-a");
      await make("compute2", "tenant-b");
      guest = await world.startGuest({ name: "mapped", host: "compute1", filter: false });
      await reshapeGuest(world, guest, withCard("network", "<source network='tenant-a' portgroup='web'/>"));
    });

    test("are asked for by a check, with the command that names them", async () => {
      await expectRefusal(world, guest, {
        check: "networks-present",
        sentence: /compute2 lacks the libvirt network tenant-a that interface .* is plugged into/,
        remedy: /ferry host set compute2 --map/,
      });
    });

    test("are followed there and back once they are named, though a running guest shows only the bridge", async () => {
      await changeMap("compute2", { "network:tenant-a": "network:tenant-b" });
      const names: string[] = [];
      await heardThereAndBack(world, guest, async () => {
        names.push(/<source network='([^']*)' portgroup='web'\/>/.exec(await definitionOf(guest))?.[1] ?? "none");
        expect(await virsh(world.host(guest.at), ["dumpxml", "--", guest.name])).toContain("<interface type='bridge'>");
      });
      expect(names).toEqual(["tenant-b", "tenant-a"]);
    });
  });

  describe("on a host's own card (macvtap)", () => {
    let guest: MovingGuest;
    const card = "tap-card";

    /** A cable from the guests' network to a card of the host that is in no bridge there. */
    async function cable(host: HostName): Promise<void> {
      const { config } = world.lab;
      const [outside, bridges, inside] = [`mac${world.host(host).index}`, bridgeNamespace(config), hostNamespace(config, host)];
      await run(["ip", "-n", bridges, "link", "add", outside, "type", "veth", "peer", "name", card, "netns", inside]);
      await runIn(bridges, ["ip", "link", "set", outside, "master", "br-ctl", "up"]);
      await runIn(inside, ["ip", "link", "set", card, "up"]);
    }

    beforeAll(async () => {
      await cable("compute1");
      guest = await world.startGuest({ name: "macvtap", host: "compute1", filter: false });
      await reshapeGuest(world, guest, withCard("direct", `<source dev='${card}' mode='bridge'/>`));
    });

    test("a move is refused when the destination has no such card", async () => {
      await expectRefusal(world, guest, {
        check: "networks-present",
        sentence: /compute2 lacks the host interface tap-card that interface .* is plugged into/,
        remedy: /Create it there/,
      });
    });

    test("a move is refused when the next start would take the card from its host", async () => {
      await editDefinition(world, guest, (xml) => xml.replace("mode='bridge'", "mode='passthrough'"));
      await expectRefusal(world, guest, {
        check: "devices-movable",
        sentence: /has the host's tap-card to itself \(macvtap mode passthrough\)/,
        remedy: /macvtap mode bridge, vepa or private/,
      });
      await editDefinition(world, guest, (xml) => xml.replace("mode='passthrough'", "mode='bridge'"));
    });

    test("a guest moves there and back", async () => {
      await keepTapNumbersApart("compute2");
      await cable("compute2");
      await heardThereAndBack(world, guest);
    });

    /** Hosts of the lab share /dev, where a macvtap is named after its interface's number: equal numbers would collide, as on no two real hosts. */
    async function keepTapNumbersApart(host: HostName): Promise<void> {
      const namespace = hostNamespace(world.lab.config, host);
      for (let pair = 0; pair < 30; pair++) {
        await runIn(namespace, ["ip", "link", "add", "apart", "type", "veth", "peer", "name", "apart-peer"]);
        await runIn(namespace, ["ip", "link", "delete", "apart"]);
      }
    }
  });

  describe("with a VLAN that the destination's libvirt cannot give", () => {
    test("a guest could move, and is told that it could not be started again there", async () => {
      const guest = await world.startGuest({ name: "vlan", host: "compute1", filter: false });
      await editDefinition(world, guest, (xml) =>
        xml.replace("<source bridge='br0'/>", "<source bridge='br0'/><vlan><tag id='42'/></vlan>"),
      );
      const { body } = await world.stack.api.ok("POST", `/ferry/v1/servers/${guest.id}/preflight`, { host: "compute2" });
      const [candidate] = body["candidates"] as { passes: boolean; checks: { check: string; verdict: string; sentence: string }[] }[];
      expect(candidate?.checks.find(({ check }) => check === "networks-present")).toMatchObject({
        verdict: "warn",
        sentence: expect.stringMatching(/could not be started again there: compute2 cannot give interface .* VLAN 42 on the bridge br0/),
      });
      expect(candidate?.passes).toBe(true);
      await world.removeGuest(guest);
    });
  });

  describe("behind a firewall made of security groups", () => {
    let guest: MovingGuest;
    let address: string;
    let friend: string;
    let stranger: string;

    beforeAll(async () => {
      friend = rootAddress(world.lab.config.subnet);
      stranger = friend.replace(/\d+$/, "250");
      await run(["ip", "address", "add", `${stranger}/32`, "dev", rootInterface(world.lab.config)]);
      guest = await world.startGuest({ name: "guarded", host: "compute1", filter: false });
      address = guest.inside.address;
    });

    const witnessFrom = (from: string) => PeerProbe.start({ address, port: WITNESS_PORT, from });
    const closedPortFrom = (from: string) => PeerProbe.start({ address, port: WITNESS_PORT + 1, from });
    async function heard(...probes: Promise<PeerProbe>[]): Promise<number[]> {
      const started = await Promise.all(probes);
      await sleep(PATIENCE_MS);
      return started.map((probe) => probe.stop().answered);
    }

    test("what no rule lets in was let in before", async () => {
      for (const answered of await heard(witnessFrom(friend), witnessFrom(stranger), closedPortFrom(friend)))
        expect(answered).toBeGreaterThan(0);
    });

    test("is shut out by the rules, and stays so through moves there and back, on whichever host the guest is", async () => {
      const rules = [{ protocol: "udp", fromPort: WITNESS_PORT, toPort: WITNESS_PORT, cidr: `${friend}/32` } as const];
      const filters = securityFilters({ id: guest.id, groups: [{ id: GROUP, rules }], guard: "mac" });
      for (const { rulesXml } of filters) await virsh(world.host("compute1"), ["nwfilter-define", "/dev/stdin"], rulesXml);
      const name = filters.at(-1)?.name ?? "";
      await reshapeGuest(world, guest, withCard("bridge", `<source bridge='br0'/><filterref filter='${name}'/>`));
      const shut = [await witnessFrom(stranger), await closedPortFrom(friend)];
      const rulesInForce = (await inventory(world.host("compute1"))).firewall;
      expect(rulesInForce.length).toBeGreaterThan(0);
      await heardThereAndBack(world, guest, async () => {
        const [here, there] = await Promise.all([inventory(world.host(guest.at)), inventory(world.host(otherHost(guest.at)))]);
        expect(here.firewall).toEqual(rulesInForce);
        expect(there.firewall).toEqual([]);
        expect(there.nwfilters.filter(isSecurityFilter)).toEqual([]);
      });
      for (const { asked, answered } of shut.map((probe) => probe.stop())) {
        expect(asked).toBeGreaterThan(100);
        expect(answered, "what came back to those who are shut out").toBe(0);
      }
    });
  });
});
