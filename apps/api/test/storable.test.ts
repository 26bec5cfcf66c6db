import { describe, expect, it } from "vitest";
import { whyUnstorable } from "../src/storable.ts";

const nested = (depth: number): unknown => {
  let value: unknown = "bottom";
  for (let level = 0; level < depth; level++) value = [value];
  return value;
};

describe("whyUnstorable", () => {
  it.each([
    ["a text", "a 💩 b"],
    ["nothing", null],
    ["a number", 1e300],
    ["objects", { a: [{ b: "c" }, 1, true] }],
    ["depth", nested(32)],
  ])("lets %s pass", (_, value) => expect(whyUnstorable(value)).toBeNull());

  it.each([
    ["NUL", "a\0b", "NUL"],
    ["NUL below", { a: [{ b: "\0" }] }, "NUL"],
    ["NUL in a key", { "\0": 1 }, "NUL"],
    ["the first half of a pair", ["\ud800"], "surrogate"],
    ["the second half in a key", { "\udc00": 1 }, "surrogate"],
    ["more depth than anything has", nested(33), "nested"],
    ["depth without end", nested(1_000_000), "nested"],
  ])("refuses %s", (_, value, reason) => expect(whyUnstorable(value)).toContain(reason));
});
