import { describe, expect, it } from "vitest";
import { hostStatus, isUp } from "../src/views/host-status.ts";

const now = new Date("2026-01-02T03:04:05Z");
const at = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
const host = { state: "up", enabled: true, forcedDown: false, lastSeenAt: at(-5), monitorUntil: at(30) };

describe("a host's service", () => {
  it.each([
    ["watched and answering", {}, true, "UP"],
    ["seen lately, its watcher gone", { monitorUntil: at(-1) }, true, "UP"],
    ["silent for a minute, nobody watches", { lastSeenAt: at(-61), monitorUntil: null }, false, "UNKNOWN"],
    ["never seen", { lastSeenAt: null, monitorUntil: null }, false, "UNKNOWN"],
    ["down", { state: "down" }, false, "UNKNOWN"],
    ["being added", { state: "adding" }, false, "UNKNOWN"],
    ["forced down", { forcedDown: true }, false, "DOWN"],
    ["quarantined", { state: "quarantined" }, false, "DOWN"],
    ["disabled", { enabled: false }, true, "MAINTENANCE"],
  ])("%s", (_, change, up, status) => {
    expect(isUp({ ...host, ...change }, now)).toBe(up);
    expect(hostStatus({ ...host, ...change }, now)).toBe(status);
  });
});
