import { fail, hostId } from "@ferry/core";
import { beforeEach, describe, expect, it } from "vitest";
import { checkConditions } from "../src/check/check-conditions.ts";
import { guest, guestDisk, hostFacts, order, volume } from "./support/move-facts.ts";
import { document, FakeHost, World } from "./support/world.ts";

const thirdId = hostId("55555555-5555-4555-8555-555555555555");
let world: World;
beforeEach(() => {
  world = new World();
});
const check = (change = {}) => checkConditions.run(world.context(undefined, change));
const anyHost = () => {
  world.order = { ...order, requestedHostId: null };
};
function addHost(memoryAvailableKiB: number): FakeHost {
  const host = new FakeHost(thirdId, "kvm3", "198.18.0.3", {}, () => ({ kind: "absent" }));
  host.hypervisor.facts = async () => hostFacts({ hostUuid: thirdId, memoryAvailableKiB });
  world.hosts.set(thirdId, host);
  return host;
}
const findings = () => Object.fromEntries((world.checks.at(-1) ?? []).map(({ check, verdict }) => [check, verdict]));

describe("a named host", () => {
  it("that passes is recorded with the transport, and the plan says what moves", async () => {
    const plan = await check();
    expect(plan).toMatchObject({ transport: "direct", disks: [{ action: "copy", target: "vda", path: "/images/lm001.qcow2" }] });
    expect([world.chosen, world.transport]).toEqual([plan.destinationId, "direct"]);
    expect(new Set(Object.values(findings()))).toEqual(new Set(["pass"]));
  });

  it("that is refused gives the first reason, and all results are kept", async () => {
    world.destination.storage.files.set("/images/lm001.qcow2", "foreign");
    await expect(check()).rejects.toMatchObject({
      code: "CHECKS_REFUSED",
      message: expect.stringContaining("/images/lm001.qcow2 exists on kvm2"),
    });
    expect(findings()).toMatchObject({ "disk-paths-free": "fail", "name-free": "pass" });
    expect(world.chosen).toBeNull();
  });

  it("that is silent is named with the problem", async () => {
    world.destination.silence();
    await expect(check()).rejects.toMatchObject({
      code: "CHECKS_REFUSED",
      message: expect.stringContaining("Compute service of kvm2 is unavailable at this time. Cannot reach host kvm2"),
    });
  });

  it("is not accused when the source is silent", async () => {
    world.source.silence();
    await expect(check()).rejects.toMatchObject({
      code: "CHECKS_REFUSED",
      message: expect.stringContaining("Compute service of kvm1 is unavailable"),
    });
  });

  it("that is the source is refused as such", async () => {
    world.order = { ...order, requestedHostId: order.sourceHostId };
    await expect(check()).rejects.toMatchObject({ message: expect.stringContaining("to current host (kvm1)") });
  });

  it("is tried only on a port where no guest is awaited", async () => {
    const tried: number[] = [];
    world.destination.peerAccess.idlePort = async () => 49_200;
    world.source.peerAccess.reach = async (_address, port) => {
      tried.push(port);
      return "refused";
    };
    await check();
    expect(tried.filter((port) => port !== 22)).toEqual([49_200]);
  });

  it("is not tried at all when every port is in use", async () => {
    world.destination.peerAccess.idlePort = async () => null;
    await check();
    expect(findings()).toMatchObject({ "transfer-ports-reachable": "warn" });
  });

  it("is asked nothing about reachability that only the source could not answer", async () => {
    world.source.peerAccess.reach = async () => Promise.reject(fail("HOST_UNREACHABLE", { host: "kvm1", address: "a", problem: "x" }));
    await expect(check()).rejects.toMatchObject({ code: "CHECKS_REFUSED", message: expect.stringContaining("Not checked") });
    expect(findings()).toMatchObject({ "services-up": "pass", "transfer-ports-reachable": "unknown" });
  });
});

describe("without a named host", () => {
  beforeEach(anyHost);

  it("the host with most room is chosen", async () => {
    addHost(64 * 1024 * 1024);
    await check();
    expect(world.chosen).toBe(thirdId);
    expect(world.checks).toHaveLength(1);
  });

  it("the next one is tried when the first is refused", async () => {
    addHost(64 * 1024 * 1024).storage.files.set("/images/lm001.qcow2", "foreign");
    const plan = await check();
    expect(world.chosen).toBe(plan.destinationId);
    expect(world.checks).toHaveLength(2);
  });

  it("a silent host comes last and does not stop the search", async () => {
    addHost(64 * 1024 * 1024).silence();
    await check();
    expect(world.chosen).not.toBe(thirdId);
  });

  it("each host's reason is given when none passes", async () => {
    addHost(1024 * 1024).storage.files.set("/images/lm001.qcow2", "foreign");
    world.destination.silence();
    await expect(check()).rejects.toMatchObject({
      code: "NO_VALID_HOST",
      message: expect.stringMatching(/^No valid host was found\. kvm3: .* exists on kvm3.* kvm2: Compute service of kvm2/),
    });
  });

  it("a reason that is the server's own is given once", async () => {
    addHost(1024 * 1024);
    world.sourceSays = { kind: "present", state: "shutoff", reason: "other", persistent: true, migrationJob: "none" };
    await expect(check()).rejects.toMatchObject({
      message: "No valid host was found. Cannot move server lm001: it is shutoff on kvm1, must be running or paused.",
    });
  });

  it("no candidate at all is Nova's sentence", async () => {
    world.hosts.delete(world.destination.ports.address.id);
    await expect(check()).rejects.toMatchObject({ message: "No valid host was found. There are not enough hosts available." });
  });

  it("an abort ends the search", async () => {
    await expect(check({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "ABORTED" });
    expect(world.chosen).toBeNull();
  });
});

describe("what libvirt knows of the source's pools", () => {
  const path = "/images/lm001.qcow2";

  it("is read again when a disk is not among it: the file may be newer than the last look", async () => {
    const { storage } = world.source.ports;
    const { volumeAt } = storage;
    let refreshed = false;
    storage.refreshPool = async () => {
      refreshed = true;
    };
    storage.volumeAt = async (asked) => (refreshed ? volumeAt(asked) : null);
    expect((await check()).disks).toMatchObject([{ action: "copy", sourcePath: path }]);
  });

  it("is read again when a header names more than the definition, and believed then", async () => {
    const { storage } = world.source.ports;
    let looks = 0;
    storage.refreshPool = async () => {
      looks += 1;
    };
    storage.volumeAt = async (asked) => volume(asked, { backing: { path: "/etc/shadow", format: "raw" } });
    Object.assign(world.destination.storage, { files: world.source.storage.files });
    await expect(check()).rejects.toMatchObject({ message: expect.stringContaining(`header of its image ${path} names /etc/shadow`) });
    expect(looks).toBeGreaterThan(0);
  });
});

describe("shared storage", () => {
  const path = "/images/lm001.qcow2";
  /** Both hosts mount one directory. */
  const share = () => {
    world.hosts.set(order.requestedHostId ?? thirdId, world.destination);
    Object.assign(world.destination.storage, { files: world.source.storage.files });
  };

  it("is proven by a marker, which is deleted again", async () => {
    share();
    const plan = await check();
    expect(plan.disks).toMatchObject([{ action: "shared", target: "vda", reason: "kvm1 saw a marker that kvm2 wrote beside it" }]);
    expect(plan.pools).toEqual([]);
    expect([...world.source.storage.files.keys()]).toEqual([path]);
    expect(world.ledger.list()).toEqual([]);
  });

  it("is not taken for granted because of an equal path", async () => {
    world.destination.storage.files.set(path, "another file");
    await expect(check()).rejects.toMatchObject({ code: "CHECKS_REFUSED" });
    expect([...world.destination.storage.files.keys()]).toEqual([path]);
  });

  it("leaves no marker when the source fails in the middle", async () => {
    share();
    world.source.ports.storage.refreshPool = async () =>
      Promise.reject(fail("HOST_UNREACHABLE", { host: "kvm1", address: "a", problem: "x" }));
    await expect(check()).rejects.toMatchObject({ code: "CHECKS_REFUSED" });
    expect([...world.source.storage.files.keys()]).toEqual([path]);
    expect(world.ledger.list()).toEqual([]);
  });

  it("removes the marker of a worker that died, when the step is repeated and when it is undone", async () => {
    const marker = "/images/.ferry-shared-old";
    for (const go of [
      () => checkConditions.run(world.context(undefined, { attempt: 2 })),
      async () => typeof checkConditions.undo === "function" && checkConditions.undo(world.context(), null),
    ]) {
      await world.ledger.begin({ hostId: world.destination.ports.address.id, kind: "volume", key: marker, migrationId: order.id });
      world.destination.storage.files.set(marker, "");
      await go();
      expect([...world.destination.storage.files.keys()]).toEqual([]);
      expect(world.ledger.list()).toEqual([]);
    }
  });

  it("is not proven in a pool that takes no marker, and no error", async () => {
    share();
    world.destination.ports.storage.createVolume = async () =>
      Promise.reject(fail("HYPERVISOR_CALL_FAILED", { host: "kvm2", action: "create volume", reason: "read-only" }));
    await expect(check()).rejects.toMatchObject({ message: expect.stringContaining("exists on kvm2") });
  });

  it("resolves a volume of a pool to its path", async () => {
    share();
    const disks = [guestDisk({ source: { type: "volume", pool: "default", volume: "lm001.qcow2" } })];
    world.source.hypervisor.document = async () => document(guest({ disks }));
    expect((await check()).disks).toMatchObject([
      { action: "shared", target: "vda", reason: "kvm1 saw a marker that kvm2 wrote beside it" },
    ]);
  });
});
