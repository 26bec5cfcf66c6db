import type { GuestInterface } from "@ferry/core";
import { param } from "@ferry/libvirt";
import { expect, test } from "vitest";
import { statisticsOf } from "../src/hypervisor/guest-statistics.ts";

const card = (target: string, mac: string) => ({ target, mac }) as GuestInterface;
const guest = { virtType: "kvm", interfaces: [card("vnet7", "52:54:00:00:00:07")] };

test("numbers are read by device; what libvirt does not count is null", () => {
  const params = [
    param.ullong("balloon.current", 131_072n),
    param.ullong("balloon.maximum", 163_840n),
    param.ullong("balloon.rss", 99n),
    param.uint("vcpu.maximum", 3),
    param.int("vcpu.0.state", 1),
    param.ullong("vcpu.0.time", 5_000_000_000n),
    param.int("vcpu.1.state", 1),
    param.uint("net.count", 1),
    param.string("net.0.name", "vnet7"),
    param.ullong("net.0.rx.bytes", 11n),
    param.ullong("net.0.tx.pkts", 12n),
    param.uint("block.count", 2),
    param.string("block.0.name", "vda"),
    param.ullong("block.0.rd.bytes", 21n),
    param.ullong("block.0.wr.reqs", 22n),
    param.string("block.1.name", "sda"),
  ];
  const uncounted = { bytes: null, packets: null, errors: null, dropped: null };
  const unread = { readBytes: null, readRequests: null, writeBytes: null, writeRequests: null, errors: null };
  expect(statisticsOf("running", guest, params)).toEqual({
    state: "running",
    hypervisor: "kvm",
    cpuTimesNs: [5_000_000_000, null],
    memoryMaximumKiB: 163_840,
    memoryUsedKiB: 131_072,
    memory: { rss: 99 },
    cards: [{ name: "vnet7", mac: "52:54:00:00:00:07", received: { ...uncounted, bytes: 11 }, sent: { ...uncounted, packets: 12 } }],
    disks: [
      { target: "vda", ...unread, readBytes: 21, writeRequests: 22 },
      { target: "sda", ...unread },
    ],
  });
});

test("nothing told is nothing known", () => {
  expect(statisticsOf("shutoff", guest, [])).toMatchObject({ cpuTimesNs: [], memoryMaximumKiB: null, memory: {}, cards: [], disks: [] });
});
