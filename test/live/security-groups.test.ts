import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isSecurityFilter } from "@ferry/libvirt-xml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cutControl, inventory, restoreControl, virsh } from "../lab/index.ts";
import { rootInterface } from "../lab/network.ts";
import { run } from "../lab/run.ts";
import { rootAddress } from "../lab/subnet.ts";
import { WITNESS_PORT } from "../lab/witness-client.ts";
import { heardThereAndBack } from "./support/heard-moves.ts";
import type { MovingGuest } from "./support/moving-guest.ts";
import { PeerProbe, type ProbeTarget } from "./support/peer-probe.ts";
import { heard, SecurityGroups } from "./support/security-groups.ts";
import { otherHost, World } from "./support/world.ts";

/** Nova's security groups, as a peer on the guest's network meets them. Each test goes on from where the one before it ended. */
describe("security groups", () => {
  let world: World;
  let groups: SecurityGroups;
  let guest: MovingGuest;
  let web: string;
  let fromFriend: ProbeTarget;
  let fromStranger: ProbeTarget;
  let closedPort: ProbeTarget;
  /** An address of the network that nobody has. */
  let nobody: string;
  const witnessRule = { ip_protocol: "udp", from_port: WITNESS_PORT, to_port: WITNESS_PORT };
  const everybody = { ...witnessRule, cidr: "0.0.0.0/0" };

  beforeAll(async () => {
    world = await World.open();
    groups = new SecurityGroups(world);
    const friend = rootAddress(world.lab.config.subnet);
    const stranger = friend.replace(/\d+$/, "250");
    await run(["ip", "address", "add", `${stranger}/32`, "dev", rootInterface(world.lab.config)]);
    nobody = friend.replace(/\d+$/, "249");
    guest = await world.startGuest({ name: "guarded", host: "compute1", filter: false });
    const witness = { address: guest.inside.address, port: WITNESS_PORT };
    fromFriend = { ...witness, from: friend };
    fromStranger = { ...witness, from: stranger };
    closedPort = { ...fromFriend, port: WITNESS_PORT + 1 };
  });

  afterAll(() => World.close(world));

  const friendRule = () => ({ ...witnessRule, cidr: `${fromFriend.from}/32` });

  test("guard a running guest from the moment in which it is in one: what no rule lets in stays out", async () => {
    for (const answered of await heard(fromFriend, fromStranger, closedPort)) expect(answered).toBeGreaterThan(0);
    expect(await guest.inside.spoof("mac"), "nothing stops it yet").toBeGreaterThan(0);
    expect(await guest.inside.spoof({ address: nobody }), "nothing stops it yet").toBeGreaterThan(0);
    web = await groups.create("web");
    await groups.act(guest.id, "addSecurityGroup", "web");
    await groups.inForce(guest);
    expect(await heard(fromFriend, fromStranger, closedPort)).toEqual([0, 0, 0]);
    const { server } = (await world.stack.api.ok("GET", `/v2.1/servers/${guest.id}`)).body as { server: Record<string, unknown> };
    expect(server["security_groups"]).toEqual([{ name: "web" }]);
  });

  test("let in what a rule names as soon as it is there, and end it as soon as the rule is gone", async () => {
    const rule = await groups.addRule(web, friendRule());
    await groups.inForce(guest);
    const [friend, stranger, closed] = await heard(fromFriend, fromStranger, closedPort);
    expect(friend).toBeGreaterThan(0);
    expect([stranger, closed]).toEqual([0, 0]);
    expect(await guest.inside.spoof("mac"), "datagrams from another MAC address").toBe(0);
    const exchange = await PeerProbe.start(fromFriend);
    await groups.removeRule(rule);
    await groups.inForce(guest);
    const answeredBefore = exchange.answered;
    expect(await heard(fromFriend)).toEqual([0]);
    expect(answeredBefore, "the exchange was under way").toBeGreaterThan(0);
    expect(exchange.stop().answered, "it ended with its rule, though both sides kept their ports").toBe(answeredBefore);
  });

  test("go with the guest: nothing else gets through during moves there and back, and nothing is left behind", async () => {
    await groups.addRule(web, friendRule());
    await groups.inForce(guest);
    const shut = [await PeerProbe.start(fromStranger), await PeerProbe.start(closedPort)];
    const rulesInForce = (await inventory(world.host(guest.at))).firewall;
    await heardThereAndBack(world, guest, async () => {
      await groups.inForce(guest);
      const [here, there] = await Promise.all([inventory(world.host(guest.at)), inventory(world.host(otherHost(guest.at)))]);
      expect(here.firewall).toEqual(rulesInForce);
      expect(there.nwfilters.filter(isSecurityFilter)).toEqual([]);
    });
    for (const { asked, answered } of shut.map((probe) => probe.stop())) {
      expect(asked).toBeGreaterThan(100);
      expect(answered, "what came back to those who are shut out").toBe(0);
    }
  });

  test("outlive the worker: what was asked while it was dead, or as it died, is in force after the next one has started", async () => {
    const { stack } = world;
    await stack.end("worker", "SIGKILL");
    const rule = await groups.addRule(web, everybody);
    expect(await groups.firewall(guest.id)).toMatchObject({ guarded: true, pending: true });
    expect(await heard(fromStranger)).toEqual([0]);
    await stack.startProcess("worker");
    await groups.inForce(guest);
    for (const answered of await heard(fromStranger)) expect(answered).toBeGreaterThan(0);
    await groups.removeRule(rule);
    await stack.end("worker", "SIGKILL");
    await stack.startProcess("worker");
    await groups.inForce(guest, 60_000);
    expect(await heard(fromStranger)).toEqual([0]);
  });

  test("wait for a host that is away, and say so", async () => {
    const host = world.host(guest.at);
    await cutControl(world.lab, host);
    const rule = await groups.addRule(web, everybody);
    const { api } = world.stack;
    await api.until(
      "the change is shown as pending, with the reason",
      async () => ((await groups.firewall(guest.id)).problem === null ? null : true),
      120_000,
    );
    expect(await groups.firewall(guest.id)).toMatchObject({ pending: true, problem: expect.stringContaining(guest.at) });
    await restoreControl(world.lab, host);
    await groups.inForce(guest, 120_000);
    for (const answered of await heard(fromStranger)) expect(answered).toBeGreaterThan(0);
    await groups.removeRule(rule);
    await groups.inForce(guest);
    expect(await heard(fromStranger)).toEqual([0]);
  });

  test("let in the members of a group by their cards, while they are members", async () => {
    const peers = await groups.create("peers");
    await groups.addRule(web, { ...witnessRule, group_id: peers });
    await groups.inForce(guest);
    expect(await heard(fromStranger)).toEqual([0]);
    const peer = await definePeer();
    await groups.act(peer, "addSecurityGroup", "peers");
    await groups.inForce(guest);
    for (const answered of await heard(fromStranger)) expect(answered).toBeGreaterThan(0);
    await groups.act(peer, "removeSecurityGroup", "peers");
    await groups.inForce(guest);
    expect(await heard(fromStranger)).toEqual([0]);
  });

  /** A server that is off, and whose card has the address that this machine's end of the guests' network has: who asks from here asks as it would. */
  async function definePeer(): Promise<string> {
    const uuid = randomUUID();
    const mac = (await readFile(`/sys/class/net/${rootInterface(world.lab.config)}/address`, "utf8")).trim();
    const card = `<interface type='bridge'><mac address='${mac}'/><source bridge='br0'/></interface>`;
    const xml = `<domain type='qemu'><name>peer</name><uuid>${uuid}</uuid><memory unit='MiB'>64</memory><os><type arch='x86_64'>hvm</type></os><devices>${card}</devices></domain>`;
    await virsh(world.host("compute2"), ["define", "/dev/stdin"], xml);
    const { api } = world.stack;
    await api.until(
      "the peer is a server",
      async () => ((await api.request("GET", `/v2.1/servers/${uuid}`)).status === 200 ? true : null),
      90_000,
    );
    return uuid;
  }
});
