import { usualOutcome } from "@ferry/core";
import { describe, expect, it } from "vitest";
import type { CopyPlan, DiskPlan, MovePlan } from "../src/move-plan.ts";
import { virshLine } from "../src/policy/virsh-line.ts";

const shared: DiskPlan = { action: "shared", target: "vda", reason: "", sourcePath: "/srv/a" };
const copy = (target: string, backing: CopyPlan["backing"] = null): CopyPlan => ({
  action: "copy",
  target,
  reason: "",
  sourcePath: "/images/a.qcow2",
  pool: "default",
  name: "a.qcow2",
  path: "/images/a.qcow2",
  format: "qcow2",
  capacityBytes: 1,
  usedBytes: 1,
  backing,
  chain: [],
  defined: true,
});
const plan = { mode: "live", guest: { uuid: "u", name: "lm001" }, transport: "p2p", disks: [shared] } as const;
const order = { outcome: usualOutcome, bandwidthMiBps: 0 };
const kvm2 = { user: "root", port: 22, uri: "qemu:///system", migrationAddress: "198.18.78.12" };
const to = "qemu+ssh://root@198.18.78.12/system";
const streams = "--migrateuri tcp://198.18.78.12 --listen-address 198.18.78.12";

type Plan = Parameters<typeof virshLine>[0];
type Case = [what: string, plan: Partial<MovePlan>, outcome: Partial<typeof usualOutcome>, line: string | null];

describe("the command of virsh for", () => {
  it.each<Case>([
    ["shared disks", {}, {}, `virsh migrate --live --p2p --persistent --undefinesource --abort-on-error lm001 ${to} ${streams}`],
    [
      "a local disk",
      { disks: [copy("vda")] },
      {},
      `virsh migrate --live --p2p --persistent --undefinesource --abort-on-error --copy-storage-all --migrate-disks vda lm001 ${to} ${streams}`,
    ],
    [
      "an overlay and a shared disk, driven by ferry",
      { transport: "direct", disks: [copy("vda", { path: "/base", format: "qcow2" }), copy("vdc"), { ...shared, target: "vdb" }] },
      {},
      `virsh migrate --live --change-protection --persistent --undefinesource --abort-on-error --copy-storage-inc --migrate-disks vda,vdc lm001 ${to} ${streams}`,
    ],
    [
      "one that is to arrive paused",
      {},
      { leave: "paused" },
      `virsh migrate --live --p2p --persistent --undefinesource --suspend --abort-on-error lm001 ${to} ${streams}`,
    ],
    [
      "one that the source keeps",
      {},
      { keepSource: true },
      `virsh migrate --live --p2p --persistent --abort-on-error lm001 ${to} ${streams}`,
    ],
    [
      "a tunnelled one, which has no addresses",
      {},
      { tunnelled: true },
      `virsh migrate --live --p2p --persistent --undefinesource --tunnelled --abort-on-error lm001 ${to}`,
    ],
    [
      "cached disks",
      {},
      { unsafeCache: true },
      `virsh migrate --live --p2p --persistent --undefinesource --unsafe --abort-on-error lm001 ${to} ${streams}`,
    ],
    [
      "a name that a shell would take apart",
      { guest: { uuid: "u", name: "it's $(me)" } },
      {},
      `virsh migrate --live --p2p --persistent --undefinesource --abort-on-error 'it'\\''s $(me)' ${to} ${streams}`,
    ],
    ["an offline move", { mode: "offline" }, {}, `virsh migrate --offline --persistent --undefinesource lm001 ${to}`],
    ["a cold move: there is none", { mode: "cold" }, {}, null],
    ["a saved move: there is none", { mode: "saved" }, {}, null],
  ])("%s", (_, change, outcome, line) => {
    expect(virshLine({ ...plan, ...change } as Plan, { ...order, outcome: { ...usualOutcome, ...outcome } }, kvm2)).toBe(line);
  });

  it("another port, another hypervisor, IPv6 and a limit", () => {
    const xen = { user: "me", port: 2222, uri: "xen:///system", migrationAddress: "fd00::2" };
    expect(virshLine(plan, { ...order, bandwidthMiBps: 40 }, xen)).toBe(
      "virsh migrate --live --p2p --persistent --undefinesource --abort-on-error --bandwidth 40 lm001 xen+ssh://me@[fd00::2]:2222/system --migrateuri tcp://[fd00::2] --listen-address fd00::2",
    );
  });
});
