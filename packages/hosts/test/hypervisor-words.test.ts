import type { LibvirtEvent } from "@ferry/libvirt";
import { param } from "@ferry/libvirt";
import { expect, test } from "vitest";
import { toHypervisorEvent } from "../src/hypervisor/events.ts";
import { guestState } from "../src/hypervisor/states.ts";
import { jobStatistics } from "../src/hypervisor/statistics.ts";

test.each([
  [1, 1, "running", "other"],
  [1, 2, "running", "migrated"],
  [1, 6, "running", "migration-canceled"],
  [1, 10, "running", "post-copy"],
  [1, 11, "running", "post-copy-failed"],
  [2, 0, "running", "other"],
  [3, 1, "paused", "user"],
  [3, 2, "paused", "migration"],
  [3, 5, "paused", "io-error"],
  [3, 12, "paused", "post-copy"],
  [3, 13, "paused", "post-copy-failed"],
  [4, 1, "shutting-down", "other"],
  [5, 3, "shutoff", "crashed"],
  [5, 4, "shutoff", "migrated"],
  [5, 6, "shutoff", "failed"],
  [6, 1, "crashed", "crashed"],
  [7, 0, "suspended", "other"],
  [0, 0, "none", "other"],
  [99, 99, "none", "other"],
])("libvirt's state %i/%i is %s (%s)", (number, why, state, reason) => {
  expect(guestState(number, why)).toEqual({ state, reason });
});

const dom = { name: "lm001", uuid: "0b0e0000-0000-4000-8000-000000000011", id: 4 };
const lifecycle = (event: number, detail: number): LibvirtEvent<"lifecycle"> => ({ kind: "lifecycle", callbackId: 32, dom, event, detail });

test.each([
  [0, 1, "defined", false, false],
  [2, 1, "started", true, false],
  [3, 1, "suspended", true, false],
  [3, 8, "suspended", false, true],
  [4, 1, "resumed", true, false],
  [4, 0, "resumed", false, false],
  [5, 3, "stopped", true, false],
  [5, 5, "stopped", false, true],
  [5, 1, "stopped", false, false],
  [7, 0, "pm-suspended", false, false],
])("lifecycle %i/%i is %s, migrated %s, failed %s", (event, detail, name, migrated, failed) => {
  expect(toHypervisorEvent(lifecycle(event, detail))).toEqual({
    kind: "lifecycle",
    uuid: dom.uuid,
    name: "lm001",
    event: name,
    migrated,
    failed,
  });
});

test("only the copy of a disk is a disk job", () => {
  const job = (type: number, status: number): LibvirtEvent<"blockJob2"> => ({
    kind: "blockJob2",
    callbackId: 32,
    dom,
    dst: "vda",
    type,
    status,
  });
  expect(toHypervisorEvent(job(2, 3))).toEqual({ kind: "disk-job", uuid: dom.uuid, target: "vda", status: "ready" });
  expect(toHypervisorEvent(job(1, 3))).toBeNull();
});

test("an event that a newer libvirt may add is passed over", () => {
  expect(toHypervisorEvent(lifecycle(77, 0))).toBeNull();
});

test("statistics hold what libvirt sent and nothing else", () => {
  const params = [
    param.ullong("memory_total", 268967936n),
    param.ullong("downtime", 98n),
    param.int("operation", 5),
    param.ullong("disk_remaining", 0n),
  ];
  expect(jobStatistics(params)).toEqual({ memoryTotalBytes: 268967936, downtimeMs: 98, diskRemainingBytes: 0 });
});
