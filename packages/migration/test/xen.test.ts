import type { CheckResult, MoveAbilities } from "@ferry/core";
import { describe, expect, it } from "vitest";
import { judgeAll } from "../src/check/all-checks.ts";
import { chooseTransport } from "../src/policy/choose-transport.ts";
import { planDisks } from "../src/policy/plan-disks.ts";
import { diskFacts, type FactChanges, guest, guestDisk, hostFacts, moveFacts, seen } from "./support/move-facts.ts";

const moves: MoveAbilities = {
  transports: ["p2p"],
  modes: ["live", "cold", "offline"],
  copiesDisks: false,
  aborts: false,
  countsBytes: false,
  paused: false,
  tunnels: false,
};
const host = (hostUuid: string) => hostFacts({ hostUuid, hypervisorType: "Xen", moves, machines: { "x86_64/xen": ["xenpv"] } });
const device = { sizeBytes: 4096, worldWideId: "naa.5000000000000001", kernelId: "one 8:0" };
const path = "/dev/mapper/unit1";
const onDevice = guest({
  virtType: "xen",
  machine: "xenpv",
  disks: [guestDisk({ target: "xvda", source: { type: "block", path }, format: "raw" })],
});
const onFile = guest({ virtType: "xen", machine: "xenpv" });

/** A paravirtual guest whose disk is a device that both Xen hosts see. */
const facts = (change: FactChanges = {}, definition = onDevice) => {
  const disk = diskFacts({ target: "xvda", path, volume: null, device });
  const disks = definition === onDevice ? [disk] : [diskFacts()];
  return moveFacts({
    ...change,
    source: { host: host("a"), guest: definition, persistent: definition, disks, ...change.source },
    destination: { host: host("b"), devices: { [path]: { ...device, kernelId: "two 8:0" } }, ...change.destination },
  });
};

const refusals = (results: readonly CheckResult[]) => results.filter(({ verdict }) => verdict !== "pass");

describe("a move between Xen hosts", () => {
  it("passes every check when the disk is a device that both hosts see", () => {
    expect(refusals(judgeAll(facts()))).toEqual([]);
    expect(planDisks(facts())).toMatchObject([{ action: "shared", reason: "both hosts see the unit naa.5000000000000001" }]);
  });

  it("goes peer to peer, however short it is", () => {
    expect(chooseTransport(facts())).toEqual({ transport: "p2p" });
    expect(chooseTransport(facts({ order: { transport: "p2p" } }))).toEqual({ transport: "p2p" });
  });

  it.each([
    ["block migration", { order: { blockMigration: true } }, onDevice, "parameters"],
    ["a disk in a file of the source", {}, onFile, "disks-movable"],
    ["the transport direct", { order: { transport: "direct" } }, onDevice, "transport"],
    ["peers that do not reach each other", { destination: { sshReach: "silent" } }, onDevice, "transport"],
    ["a guest that is paused", { source: { observation: seen("paused", "user") } }, onDevice, "mode-fits"],
    ["a saved state", { order: { mode: "saved" } }, onDevice, "mode-fits"],
    ["a host with another hypervisor", { destination: { host: hostFacts({ hostUuid: "b" }) } }, onDevice, "hypervisor-type"],
  ] as [string, FactChanges, typeof onDevice, string][])("is refused with %s", (_what, change, definition, check) => {
    expect(refusals(judgeAll(facts(change, definition))).find(({ verdict }) => verdict === "fail")?.check).toBe(check);
  });

  it("says what to do instead", () => {
    const remedyOf = (change: FactChanges, definition: typeof onDevice, check: string) =>
      judgeAll(facts(change, definition)).find((result) => result.check === check)?.remedy;
    expect(remedyOf({}, onFile, "disks-movable")).toMatch(/storage that both hosts see/);
    expect(remedyOf({ order: { transport: "direct" } }, onDevice, "transport")).toBe("Ask for the transport p2p or auto.");
    expect(remedyOf({ destination: { sshReach: "silent" } }, onDevice, "transport")).toBe("Allow it.");
    expect(remedyOf({ source: { observation: seen("paused", "user") } }, onDevice, "mode-fits")).toBe("Unpause it first.");
    expect(remedyOf({ order: { mode: "saved" } }, onDevice, "mode-fits")).toBe("Ask for another mode: live, cold, offline.");
  });

  it("copies the disks of a server that is off, which ferry does itself", () => {
    expect(planDisks(facts({ order: { mode: "cold" } }, onFile))).toMatchObject([{ action: "copy", target: "vda" }]);
  });
});
