import { type CheckResult, type HostFacts, stops } from "@ferry/core";
import { describe, expect, it } from "vitest";
import { judgeHost } from "../src/hosts/judge-host.ts";

const facts: HostFacts = {
  hostname: "kvm1",
  hostUuid: "11111111-1111-4111-8111-111111111111",
  hypervisorType: "QEMU",
  moves: {
    transports: ["p2p", "direct"],
    modes: ["live", "cold", "saved", "offline"],
    copiesDisks: true,
    aborts: true,
    countsBytes: true,
    paused: true,
    tunnels: true,
  },
  hypervisorVersion: 7_002_022,
  libvirtVersion: 9_000_000,
  arch: "x86_64",
  cpuModel: "EPYC",
  cpuVendor: "AMD",
  cpuFeatures: [],
  cpuTopology: { sockets: 1, cores: 2, threads: 1 },
  cpus: 2,
  memoryTotalKiB: 8 * 1024 * 1024,
  memoryAvailableKiB: 6 * 1024 * 1024,
  machines: { "x86_64/kvm": ["pc-q35-7.2"], "x86_64/qemu": ["pc-q35-7.2"] },
  pools: [{ name: "default", type: "dir", active: true, path: "/var/lib/libvirt/images", capacityBytes: 10, availableBytes: 5 }],
  networks: [],
  bridges: ["br0"],
  uptimeSeconds: 60,
  bootId: "0b0070de-0000-4000-8000-000000000001",
};
const tools = { peerSource: true, peerDestination: true };

const found = (results: CheckResult[], check: string): CheckResult | undefined => results.find((result) => result.check === check);

describe("judgeHost", () => {
  it("passes a host that has everything", () => {
    expect(judgeHost("kvm1", facts, tools).filter((result) => result.verdict !== "pass")).toEqual([]);
  });

  it("refuses a libvirt older than 6.8.0 and names both versions", () => {
    const result = found(judgeHost("kvm1", { ...facts, libvirtVersion: 6_007_000 }, tools), "libvirt-version");
    expect(result).toMatchObject({
      verdict: "fail",
      sentence: "kvm1 runs libvirt 6.7.0 with QEMU 7.2.22; ferry needs libvirt 6.8.0 or newer.",
    });
    expect(result?.remedy).toContain("Upgrade");
  });

  it.each([
    ["acceleration", { ...facts, machines: { "x86_64/qemu": ["pc"] } }, tools],
    ["storage-pools", { ...facts, pools: [] }, tools],
    ["storage-pools", { ...facts, pools: facts.pools.map((pool) => ({ ...pool, active: false })) }, tools],
    ["peer-to-peer", facts, { peerSource: true, peerDestination: false }],
  ] as const)("warns about %s with a remedy, and stops nothing", (check, given, with_) => {
    const results = judgeHost("kvm1", given, with_);
    expect(found(results, check)).toMatchObject({ verdict: "warn", remedy: expect.stringMatching(/\w+/) });
    expect(results.some(stops)).toBe(false);
  });
});
