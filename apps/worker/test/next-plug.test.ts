import { SECOND } from "@ferry/core";
import { describe, expect, test } from "vitest";
import { nextPlug, type PlugView } from "../src/server-tasks/next-plug.ts";

const on: PlugView = { active: true, persistent: true, live: false, config: false };
const off: PlugView = { ...on, active: false };
const plugged: PlugView = { ...on, live: true, config: true };
const fresh = { elapsedMs: 0, askedAgoMs: null };
const asked = (elapsedMs: number, askedAgoMs = 0) => ({ elapsedMs, askedAgoMs });

describe("attach", () => {
  test.each([
    ["a running guest: both places at once", on, { kind: "plug", places: { live: true, config: true } }],
    ["a guest that is off: its definition", off, { kind: "plug", places: { live: false, config: true } }],
    ["a guest without a definition: it alone", { ...on, persistent: false }, { kind: "plug", places: { live: true, config: false } }],
    ["what a worker before has done is not done again", { ...on, live: true }, { kind: "plug", places: { live: false, config: true } }],
    ["there in all places", plugged, { kind: "done" }],
    ["defined in a guest that has stopped", { ...off, config: true }, { kind: "done" }],
  ])("%s", (_name, view, move) => {
    expect(nextPlug("attach-volume", view, fresh)).toEqual(move);
  });
});

describe("detach", () => {
  test.each([
    ["a running guest: both places", plugged, fresh, { kind: "unplug", places: { live: true, config: true } }],
    ["the guest was asked", { ...plugged, config: false }, asked(2 * SECOND, 2 * SECOND), { kind: "wait" }],
    [
      "it has not heard",
      { ...plugged, config: false },
      asked(11 * SECOND, 10 * SECOND),
      { kind: "unplug", places: { live: true, config: false } },
    ],
    ["it does not let go", { ...plugged, config: false }, asked(60 * SECOND, SECOND), { kind: "held" }],
    ["it has let go", on, asked(61 * SECOND), { kind: "done" }],
    ["it has stopped meanwhile", { ...plugged, active: false, live: false, config: false }, asked(61 * SECOND), { kind: "done" }],
    ["a guest that is off", { ...off, config: true }, fresh, { kind: "unplug", places: { live: false, config: true } }],
  ])("%s", (_name, view, times, move) => {
    expect(nextPlug("detach-volume", view, times)).toEqual(move);
  });
});
