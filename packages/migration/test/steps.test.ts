import { fail, type GuestSummary, migrationId } from "@ferry/core";
import type { StepContext, Undo } from "@ferry/engine";
import { beforeEach, describe, expect, it } from "vitest";
import { makeMovePlan } from "../src/check/make-move-plan.ts";
import { deleteSourceDisks } from "../src/cleanup/delete-source-disks.ts";
import { handOverArtifacts } from "../src/cleanup/hand-over-artifacts.ts";
import { recordHandover } from "../src/cleanup/record-handover.ts";
import { recordSummary } from "../src/cleanup/record-summary.ts";
import { releaseSource } from "../src/cleanup/release-source.ts";
import { releaseSourceFirewall } from "../src/cleanup/release-source-firewall.ts";
import { undefineSource } from "../src/cleanup/undefine-source.ts";
import { verifyDefinition } from "../src/cleanup/verify-definition.ts";
import { withdrawPeerAccess } from "../src/cleanup/withdraw-peer-access.ts";
import type { BackingPlan, CopyPlan, MovePlan } from "../src/move-plan.ts";
import { copies } from "../src/move-plan.ts";
import type { MigrationPorts } from "../src/ports.ts";
import { bringBackingImages } from "../src/setup/bring-backing-images.ts";
import { createDisks } from "../src/setup/create-disks.ts";
import { grantPeerAccess } from "../src/setup/grant-peer-access.ts";
import { placedFilterUuid, placeFirewallRules } from "../src/setup/place-firewall-rules.ts";
import { startNetworks } from "../src/setup/start-networks.ts";
import { startPools } from "../src/setup/start-pools.ts";
import {
  absent,
  destinationId,
  guest,
  guestDisk,
  hostFacts,
  moveFacts,
  order,
  pool,
  seen,
  silent,
  sourceId,
} from "./support/move-facts.ts";
import { document, World } from "./support/world.ts";

const PATH = "/images/lm001.qcow2";
const BASE = "/base/debian.qcow2";
const other = migrationId("88888888-8888-4888-8888-888888888888");
const base: BackingPlan = {
  path: BASE,
  pool: "base",
  name: "debian.qcow2",
  format: "qcow2",
  capacityBytes: 10,
  fileBytes: 4,
  present: false,
};
const occupied = () => fail("DESTINATION_OCCUPIED", { host: "kvm2", thing: "it" });

let world: World;
let plan: MovePlan;
beforeEach(() => {
  world = new World();
  plan = makeMovePlan(moveFacts());
});
const files = () => [...world.destination.storage.files.keys()];
const context = (): StepContext<MigrationPorts> => world.context(plan);
async function undo<Out>(step: { undo: Undo<MigrationPorts, Out> | { none: string } }): Promise<void> {
  if (typeof step.undo !== "function") throw new Error("the step has no undo");
  await step.undo(context(), null);
}
const withCopies = (...changes: Partial<CopyPlan>[]) => {
  const [copy] = copies(plan);
  if (!copy) throw new Error("the plan copies nothing");
  plan = { ...plan, disks: changes.map((change) => ({ ...copy, ...change })) };
};
const uses = (change: Parameters<typeof guest>[0]): GuestSummary => ({
  definition: guest(change),
  state: "running",
  reason: "other",
  persistent: true,
});
const entry = (kind: "volume" | "base-image" | "nwfilter" | "network-start", key: string) => ({ hostId: destinationId, kind, key });

describe("create-disks", () => {
  it("may run twice and be undone twice", async () => {
    await createDisks.run(context());
    world.destination.storage.files.set(PATH, "half a copy");
    await createDisks.run(context());
    expect(world.destination.storage.files.get(PATH)).toBe("");
    expect(world.ledger.list()).toEqual([`volume ${PATH} made`]);
    await undo(createDisks);
    await undo(createDisks);
    expect([files(), world.ledger.list()]).toEqual([[], []]);
  });

  it("leaves a foreign file alone, when it runs and when it is undone", async () => {
    world.destination.storage.files.set(PATH, "foreign");
    await expect(createDisks.run(context())).rejects.toMatchObject({ code: "DESTINATION_OCCUPIED" });
    await undo(createDisks);
    expect(world.destination.storage.files.get(PATH)).toBe("foreign");
  });

  it("leaves alone a file that appears in the very moment of creation", async () => {
    const create = world.destination.ports.storage.createVolume;
    world.destination.ports.storage.createVolume = async (request) => {
      world.destination.storage.files.set(PATH, "foreign");
      return create(request);
    };
    await expect(createDisks.run(context())).rejects.toMatchObject({ code: "DESTINATION_OCCUPIED" });
    await undo(createDisks);
    expect(world.destination.storage.files.get(PATH)).toBe("foreign");
  });

  it("removes a volume whose creation was never answered", async () => {
    world.destination.ports.storage.createVolume = async () => {
      world.destination.storage.files.set(PATH, "");
      throw fail("HOST_UNREACHABLE", { host: "kvm2", address: "a", problem: "cut" });
    };
    await expect(createDisks.run(context())).rejects.toMatchObject({ code: "HOST_UNREACHABLE" });
    await undo(createDisks);
    expect(files()).toEqual([]);
  });

  it("goes on with the others when one removal fails, and keeps that one in the ledger", async () => {
    withCopies({}, { target: "vdb", path: "/images/b.qcow2", name: "b.qcow2" });
    await createDisks.run(context());
    const remove = world.destination.ports.storage.deleteVolume;
    world.destination.ports.storage.deleteVolume = async (path) => (path === PATH ? remove(path) : Promise.reject(occupied()));
    await expect(undo(createDisks)).rejects.toMatchObject({ code: "DESTINATION_OCCUPIED" });
    expect([files(), world.ledger.list()]).toEqual([["/images/b.qcow2"], ["volume /images/b.qcow2 made"]]);
  });
});

describe("bring-backing-images", () => {
  beforeEach(() => {
    withCopies({ chain: [base] }, { target: "vdb", chain: [base] });
    world.source.storage.files.set(BASE, "base");
  });

  it("brings a base once, may run twice and be undone twice", async () => {
    await bringBackingImages.run(context());
    expect(world.destination.storage.files.get(BASE)).toBe("base");
    await bringBackingImages.run(context());
    expect(world.ledger.list()).toEqual([`base-image ${BASE} made`]);
    await undo(bringBackingImages);
    await undo(bringBackingImages);
    expect([files(), world.ledger.list()]).toEqual([[], []]);
  });

  it("never takes a half file for a base", async () => {
    world.destination.storage.files.set(BASE, "ba");
    await world.ledger.begin({ ...entry("base-image", BASE), migrationId: order.id });
    await bringBackingImages.run(context());
    expect(world.destination.storage.files.get(BASE)).toBe("base");
  });

  it("uses an equal file that is there, without calling it its own", async () => {
    world.destination.storage.files.set(BASE, "base");
    await bringBackingImages.run(context());
    await undo(bringBackingImages);
    expect([files(), world.ledger.list()]).toEqual([[BASE], []]);
  });

  it.each(["foreign", "kept"])("refuses a %s file of another content: the guest would read garbage", async (whose) => {
    world.destination.storage.files.set(BASE, "esab");
    if (whose === "kept") {
      await world.ledger.begin({ ...entry("base-image", BASE), migrationId: other });
      await world.ledger.keep(entry("base-image", BASE));
    }
    await expect(bringBackingImages.run(context())).rejects.toMatchObject({
      code: "DESTINATION_OCCUPIED",
      message: expect.stringContaining("a backing file /base/debian.qcow2 with other content"),
    });
    await undo(bringBackingImages);
    expect(world.destination.storage.files.get(BASE)).toBe("esab");
  });

  it("waits for another migration that brings the same base, and uses it then", async () => {
    await world.ledger.begin({ ...entry("base-image", BASE), migrationId: other });
    const waiting = bringBackingImages.run(context());
    await world.clock.sleep(5000);
    expect(files()).toEqual([]);
    world.destination.storage.files.set(BASE, "base");
    await world.ledger.keep(entry("base-image", BASE));
    await waiting;
    expect(world.ledger.list()).toEqual([`base-image ${BASE} kept`]);
  });

  it("brings it itself when the other migration took its file away again", async () => {
    await world.ledger.begin({ ...entry("base-image", BASE), migrationId: other });
    const waiting = bringBackingImages.run(context());
    await world.clock.sleep(5000);
    await world.ledger.forget(entry("base-image", BASE));
    await waiting;
    expect(world.ledger.list()).toEqual([`base-image ${BASE} made`]);
  });

  it("gives the wait up after its time, naming the file", async () => {
    await world.ledger.begin({ ...entry("base-image", BASE), migrationId: other });
    const ports = { ...world.ports, settings: { ...world.ports.settings, waitForOthersMs: 2000 } };
    await expect(bringBackingImages.run({ ...context(), ports })).rejects.toMatchObject({ code: "DESTINATION_OCCUPIED" });
  });

  it("ends the wait on an abort", async () => {
    await world.ledger.begin({ ...entry("base-image", BASE), migrationId: other });
    await expect(bringBackingImages.run({ ...context(), signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "ABORTED" });
  });

  it("keeps a base on which another guest stands meanwhile", async () => {
    await bringBackingImages.run(context());
    world.destination.hypervisor.guests = async () => [uses({ disks: [guestDisk({ backing: [{ path: BASE, format: "qcow2" }] })] })];
    await undo(bringBackingImages);
    expect([files(), world.ledger.list()]).toEqual([[BASE], [`base-image ${BASE} kept`]]);
  });

  it("brings a kept base anew when somebody has removed it", async () => {
    await world.ledger.begin({ ...entry("base-image", BASE), migrationId: other });
    await world.ledger.keep(entry("base-image", BASE));
    await bringBackingImages.run(context());
    expect(world.destination.storage.files.get(BASE)).toBe("base");
    expect(world.ledger.list()).toEqual([`base-image ${BASE} made`]);
  });
});

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
    world.destination.hypervisor.facts = async () =>
      hostFacts({
        pools: [pool({ active: running.has("default") })],
        networks: [{ name: "lan", active: running.has("lan"), bridge: null }],
      });
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
    const nic = { mac: "m", type: "network", source: "lan", target: null, model: null, filter: null };
    world.destination.hypervisor.guests = async () => [uses({ interfaces: [nic] })];
    await undo(startNetworks);
    expect([...running]).toEqual(["lan"]);
  });
});

describe("firewall rules", () => {
  const web = { name: "web", uuid: "u", rulesXml: "<r/>", references: [] };
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

describe("cleanup", () => {
  let destroyed: number;
  beforeEach(() => {
    destroyed = 0;
    world.transfer.settle = async () => undefined;
    world.sourceSays = seen("shutoff", "migrated");
    world.destinationSays = seen("running", "migrated");
    world.source.hypervisor.destroy = async () => {
      destroyed += 1;
      world.sourceSays = seen("shutoff", "other");
    };
    world.source.hypervisor.undefine = async () => {
      world.sourceSays = absent;
    };
    world.destination.hypervisor.document = async () => document();
  });

  it("ends a paused leftover while the destination runs the guest, and only once", async () => {
    world.sourceSays = seen("paused", "migration");
    await releaseSource.run(context());
    expect(destroyed).toBe(1);
  });

  it("never destroys a leftover on which a job still hangs", async () => {
    world.sourceSays = seen("paused", "migration", "outgoing");
    await expect(releaseSource.run(context())).rejects.toMatchObject({ code: "WHEREABOUTS_UNKNOWN" });
    expect(destroyed).toBe(0);
  });

  it.each([
    ["the destination is silent", seen("paused", "migration"), silent],
    ["the source runs it", seen("running"), absent],
    ["the destination lost it", seen("paused", "migration"), absent],
  ])("removes nothing when %s", async (_what, source, destination) => {
    world.sourceSays = source;
    world.destinationSays = destination;
    for (const step of [releaseSource, undefineSource, deleteSourceDisks])
      await expect(step.run(context()), step.name).rejects.toMatchObject({ code: "WHEREABOUTS_UNKNOWN" });
    expect([destroyed, world.source.storage.files.has(PATH)]).toEqual([0, true]);
  });

  it("goes on when the guest was shut down at the destination meanwhile", async () => {
    world.destinationSays = seen("shutoff");
    for (const step of [releaseSource, undefineSource, deleteSourceDisks]) await step.run(context());
    expect(world.source.storage.files.has(PATH)).toBe(false);
  });

  it("keeps a source disk that another guest there uses, whatever way it is named", async () => {
    for (const disk of [
      guestDisk(),
      guestDisk({ source: { type: "block", path: PATH } }),
      guestDisk({ source: { type: "volume", pool: "default", volume: "lm001.qcow2" } }),
      guestDisk({ source: { type: "file", path: "/x" }, backing: [{ path: PATH, format: "qcow2" }] }),
    ]) {
      world.source.hypervisor.guests = async () => [uses({ disks: [disk] })];
      expect(await deleteSourceDisks.run(context())).toEqual({ deleted: [], kept: [PATH] });
    }
    expect(world.source.storage.files.has(PATH)).toBe(true);
  });

  it("deletes the source disk, twice without harm", async () => {
    await deleteSourceDisks.run(context());
    expect(await deleteSourceDisks.run(context())).toEqual({ deleted: [PATH], kept: [] });
  });

  it.each([
    ["the place of the copy", {}, guest(), true],
    ["another place", {}, guest({ disks: [guestDisk({ source: { type: "file", path: "/images/foreign" } })] }), false],
    ["no such disk", {}, guest({ disks: [] }), false],
    ["no such disk, which was attached to the running guest only", { defined: false }, guest({ disks: [] }), true],
  ])("reads the definition back: %s", async (_what, change, definition, fine) => {
    withCopies(change);
    world.destination.hypervisor.document = async () => document(definition);
    const run = verifyDefinition.run(context());
    if (fine) expect(await run).toBeNull();
    else await expect(run).rejects.toMatchObject({ code: "HYPERVISOR_CALL_FAILED" });
  });

  it("hands disks over and keeps bases and filters known", async () => {
    for (const [kind, key] of [
      ["volume", PATH],
      ["base-image", BASE],
      ["nwfilter", "web"],
    ] as const)
      await world.ledger.begin({ ...entry(kind, key), migrationId: order.id });
    await handOverArtifacts.run(context());
    await handOverArtifacts.run(context());
    expect(world.ledger.list()).toEqual([`base-image ${BASE} kept`, "nwfilter web kept"]);
  });

  it.each([
    [seen("running"), false],
    [seen("paused", "user"), true],
    [silent, false],
  ])("records the state that the destination shows", async (state, paused) => {
    world.destinationSays = state;
    const recorded: boolean[] = [];
    world.ports.store.recordHandover = async (handover) => void recorded.push(handover.paused);
    await recordHandover.run(context());
    expect(recorded).toEqual([paused]);
  });

  it("does not fail for want of final numbers", async () => {
    const saved: unknown[] = [];
    const { hypervisor, ports } = world.destination;
    const { storage } = ports;
    const refused = async () => Promise.reject(fail("HYPERVISOR_CALL_FAILED", { host: "kvm2", action: "x", reason: "y" }));
    world.ports.store.saveSummary = async (summary) => void saved.push(summary);
    const diskSize = storage.diskSize;
    Object.assign(storage, { diskSize: refused });
    hypervisor.job = refused;
    await recordSummary.run(context());
    Object.assign(storage, { diskSize });
    hypervisor.job = async () => ({ kind: "ended", outcome: "completed", statistics: { elapsedMs: 9, downtimeMs: 3 } });
    await recordSummary.run(context());
    const none = { transport: "p2p", totalMs: null, downtimeMs: null, memoryBytes: null, diskBytes: null };
    expect(saved).toEqual([none, { ...none, totalMs: 9, downtimeMs: 3, diskBytes: 5 }]);
  });
});
