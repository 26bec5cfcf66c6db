import { fail, type GuestSummary, migrationId } from "@ferry/core";
import type { StepContext, Undo } from "@ferry/engine";
import { beforeEach, describe, expect, it } from "vitest";
import { makeMovePlan } from "../src/check/make-move-plan.ts";
import { releaseSourceFirewall } from "../src/cleanup/release-source-firewall.ts";
import { withdrawPeerAccess } from "../src/cleanup/withdraw-peer-access.ts";
import type { MovePlan } from "../src/move-plan.ts";
import type { MigrationPorts } from "../src/ports.ts";
import { grantPeerAccess } from "../src/setup/grant-peer-access.ts";
import { placedFilterUuid, placeFirewallRules } from "../src/setup/place-firewall-rules.ts";
import { startNetworks } from "../src/setup/start-networks.ts";
import { startPools } from "../src/setup/start-pools.ts";
import { destinationId, guest, moveFacts, networkCard, order, pool, sourceId } from "./support/move-facts.ts";
import { World } from "./support/world.ts";

const PATH = "/images/lm001.qcow2";
const other = migrationId("88888888-8888-4888-8888-888888888888");

let world: World;
let plan: MovePlan;
beforeEach(() => {
  world = new World();
  plan = makeMovePlan(moveFacts());
});
const context = (): StepContext<MigrationPorts> => world.context(plan);
async function undo<Out>(step: { undo: Undo<MigrationPorts, Out> | { none: string } }): Promise<void> {
  if (typeof step.undo !== "function") throw new Error("the step has no undo");
  await step.undo(context(), null);
}
const uses = (change: Parameters<typeof guest>[0]): GuestSummary => ({
  definition: guest(change),
  state: "running",
  reason: "other",
  persistent: true,
});
const entry = (kind: "volume" | "base-image" | "nwfilter" | "network-start", key: string) => ({ hostId: destinationId, kind, key });

describe("start-pools and start-networks", () => {
  let running: Set<string>;
  beforeEach(() => {
    running = new Set();
    plan = { ...plan, networks: ["lan"] };
    const start = async (name: string) => ({ started: !running.has(name) && Boolean(running.add(name)) });
    world.destination.ports.storage.startPool = start;
    world.destination.ports.storage.stopPool = async (name) => void running.delete(name);
    world.destination.network.startNetwork = start;
    world.destination.network.stopNetwork = async (name) => void running.delete(name);
    world.destination.ports.storage.pools = async () => [pool({ active: running.has("default") })];
    world.destination.network.networks = async () => [
      { name: "lan", active: running.has("lan"), bridge: null, portgroups: [], virtualPort: null },
    ];
  });

  it.each([
    ["pool", startPools],
    ["network", startNetworks],
  ])("a stopped %s is started once and stopped by the undo", async (_what, step) => {
    await step.run(context());
    await step.run(context());
    expect(running.size).toBe(1);
    await undo(step);
    await undo(step);
    expect([running.size, world.ledger.list()]).toEqual([0, []]);
  });

  it("a pool is kept running while a file of the migration could not be deleted from it", async () => {
    await startPools.run(context());
    await world.ledger.begin({ ...entry("volume", PATH), migrationId: order.id });
    await expect(undo(startPools)).rejects.toMatchObject({ code: "HYPERVISOR_CALL_FAILED" });
    expect([...running]).toEqual(["default"]);
    await world.ledger.forget(entry("volume", PATH));
    await undo(startPools);
    expect(running.size).toBe(0);
  });

  it.each([
    ["pool", startPools],
    ["network", startNetworks],
  ] as const)("a %s stays for another migration that is on its way to the same host", async (_what, step) => {
    await step.run(context());
    const started = [...running];
    world.claimedByOthersMiB = 256;
    await undo(step);
    expect([...running]).toEqual(started);
    expect(world.ledger.list()).toEqual([expect.stringContaining("kept")]);
  });

  it("one that runs already is not touched by the undo", async () => {
    running.add("lan");
    await startNetworks.run(context());
    await undo(startNetworks);
    expect([...running]).toEqual(["lan"]);
  });

  it("one that somebody else starts in between is not stopped by the undo", async () => {
    const { startNetwork } = world.destination.network;
    world.destination.network.startNetwork = async (name) => {
      running.add(name);
      return startNetwork ? startNetwork(name) : { started: false };
    };
    await startNetworks.run(context());
    await undo(startNetworks);
    expect([...running]).toEqual(["lan"]);
  });

  it("one that another migration has entered is used and left to it", async () => {
    await world.ledger.begin({ ...entry("network-start", "lan"), migrationId: other });
    await startNetworks.run(context());
    await undo(startNetworks);
    expect([...running]).toEqual(["lan"]);
  });

  it("a network is not stopped under a guest that is plugged into it", async () => {
    await startNetworks.run(context());
    world.destination.hypervisor.guests = async () => [uses({ interfaces: [networkCard()] })];
    await undo(startNetworks);
    expect([...running]).toEqual(["lan"]);
  });
});

describe("firewall rules", () => {
  const web = { name: "web", uuid: "u", rulesXml: "<r/>", references: [], filtersIp: false };
  let defined: Map<string, string>;
  beforeEach(() => {
    defined = new Map();
    plan = { ...plan, filters: ["web"], sourceFilters: ["inner", "web"] };
    world.source.firewall.filter = async () => web;
    world.destination.firewall.filter = async (name) => (defined.has(name) ? web : null);
    world.destination.firewall.define = async ({ name, uuid }) => void defined.set(name, uuid);
    world.destination.firewall.remove = async (uuid) => {
      const name = [...defined].find(([, one]) => one === uuid)?.[0];
      return name !== undefined && defined.delete(name) ? "removed" : "absent";
    };
  });

  it("are placed under a uuid of this migration, twice the same, and undone twice", async () => {
    await placeFirewallRules.run(context());
    await placeFirewallRules.run(context());
    expect([...defined]).toEqual([["web", placedFilterUuid(order.id, "web")]]);
    await undo(placeFirewallRules);
    await undo(placeFirewallRules);
    expect([defined.size, world.ledger.list()]).toEqual([0, []]);
  });

  it("that a guest uses by now are kept and remembered", async () => {
    await placeFirewallRules.run(context());
    world.destination.firewall.remove = async () => "kept";
    await undo(placeFirewallRules);
    expect(world.ledger.list()).toEqual(["nwfilter web kept"]);
  });

  it("of an earlier migration are placed again when somebody removed them", async () => {
    await world.ledger.begin({ ...entry("nwfilter", "web"), migrationId: other });
    await world.ledger.keep(entry("nwfilter", "web"));
    await placeFirewallRules.run(context());
    expect([...defined]).toEqual([["web", placedFilterUuid(other, "web")]]);
    await undo(placeFirewallRules);
    expect(defined.size).toBe(1);
  });

  it("of an earlier migration with other rules are refused: fail closed", async () => {
    await world.ledger.begin({ ...entry("nwfilter", "web"), migrationId: other });
    await world.ledger.keep(entry("nwfilter", "web"));
    world.destination.firewall.filter = async () => ({ ...web, rulesXml: "<other/>" });
    await expect(placeFirewallRules.run(context())).rejects.toMatchObject({ code: "DESTINATION_OCCUPIED" });
  });

  it("of this server's security groups that were left there are brought up to date under the uuid that they have", async () => {
    const own = `ferry-server-${order.serverId}`;
    plan = { ...plan, filters: [own] };
    world.source.firewall.filter = async (name) => ({ ...web, name, rulesXml: "<new/>" });
    world.destination.firewall.filter = async (name) => ({ ...web, name, uuid: "its own", rulesXml: "<old/>" });
    const changed: unknown[] = [];
    world.destination.firewall.define = async (filter) => void changed.push(filter);
    await placeFirewallRules.run(context());
    expect(changed).toMatchObject([{ name: own, uuid: "its own", rulesXml: "<new/>" }]);
    expect(world.ledger.list()).toEqual([]);
  });

  it("of the source go outermost first, and only those that ferry placed", async () => {
    const removed: string[] = [];
    world.source.firewall.remove = async (uuid) => {
      removed.push(uuid);
      return "removed";
    };
    for (const key of ["inner", "web"]) {
      await world.ledger.begin({ hostId: sourceId, kind: "nwfilter", key, migrationId: other });
      await world.ledger.keep({ hostId: sourceId, kind: "nwfilter", key });
    }
    plan = { ...plan, sourceFilters: ["admins-own", ...plan.sourceFilters] };
    expect(await releaseSourceFirewall.run(context())).toEqual({ removed: ["web", "inner"] });
    expect(removed).toEqual([placedFilterUuid(other, "web"), placedFilterUuid(other, "inner")]);
    expect(await releaseSourceFirewall.run(context())).toEqual({ removed: [] });
  });

  it("what security groups made is removed at the source as well, unless another guest uses it", async () => {
    const server = `ferry-server-${order.serverId}`;
    const there = new Map(
      ["ferry-base", server, "ferry-not-ours"].map((name) => [
        name,
        { name, uuid: `uuid of ${name}`, rulesXml: "", references: [], filtersIp: false },
      ]),
    );
    world.source.firewall.filter = async (name) => there.get(name) ?? null;
    world.source.firewall.remove = async (uuid) => {
      if (uuid === "uuid of ferry-base") return "kept";
      return there.delete(uuid.replace("uuid of ", "")) ? "removed" : "absent";
    };
    plan = { ...plan, sourceFilters: [...there.keys()] };
    expect(await releaseSourceFirewall.run(context())).toEqual({ removed: [server] });
    expect(await releaseSourceFirewall.run(context())).toEqual({ removed: [] });
    expect([...there.keys()]).toEqual(["ferry-base", "ferry-not-ours"]);
  });
});

describe("peer access", () => {
  const keys = new Set<string>();
  beforeEach(() => {
    keys.clear();
    world.source.peerAccess.placeSourceKey = async (tag) => {
      keys.add(`source ${tag}`);
      return { publicKey: "ssh-ed25519 AAAA", privateKeyPath: "/root/.ssh/k" };
    };
    world.destination.peerAccess.admitKey = async (tag, { sourceAddress }) => void keys.add(`destination ${tag} from ${sourceAddress}`);
    world.source.peerAccess.withdraw = async (tag) => void keys.delete(`source ${tag}`);
    world.destination.peerAccess.withdraw = async (tag) => void keys.delete(`destination ${tag} from 198.18.0.1`);
  });

  it("is granted on both hosts under the migration's id, and withdrawn from both", async () => {
    expect(await grantPeerAccess.run(context())).toEqual({ user: "root", port: 22, privateKeyPath: "/root/.ssh/k" });
    expect([...keys]).toEqual([`source ${order.id}`, `destination ${order.id} from 198.18.0.1`]);
    await withdrawPeerAccess.run(context());
    await withdrawPeerAccess.run(context());
    expect([keys.size, world.ledger.list()]).toEqual([0, []]);
  });

  it("is withdrawn from the source even when the destination is dead", async () => {
    await grantPeerAccess.run(context());
    world.destination.peerAccess.withdraw = async () =>
      Promise.reject(fail("HOST_UNREACHABLE", { host: "kvm2", address: "a", problem: "x" }));
    await expect(undo(grantPeerAccess)).rejects.toMatchObject({ code: "HOST_UNREACHABLE" });
    expect([...keys]).toEqual([`destination ${order.id} from 198.18.0.1`]);
    expect(world.ledger.list()).toEqual([`peer-key ${order.id} made`]);
  });

  it("is not needed for the direct transport", async () => {
    plan = { ...plan, transport: "direct" };
    expect(await grantPeerAccess.run(context())).toBeNull();
    expect(keys.size).toBe(0);
  });
});
