import { describe, expect, it } from "vitest";
import { identityTime, instant, naiveTime, readTime } from "../src/times.ts";

const date = new Date("2026-01-02T03:04:05.678Z");

describe("times on the wire", () => {
  it("have the three forms that clients parse", () => {
    expect(instant(date)).toBe("2026-01-02T03:04:05Z");
    expect(naiveTime(date)).toBe("2026-01-02T03:04:05.678000");
    expect(identityTime(date)).toBe("2026-01-02T03:04:05.678000Z");
  });

  it.each([
    ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z"],
    ["2026-01-02T03:04:05", "2026-01-02T03:04:05.000Z"],
    ["2026-01-02 03:04:05.5", "2026-01-02T03:04:05.500Z"],
    ["2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05.000Z"],
    ["2026-01-02T03:04", "2026-01-02T03:04:00.000Z"],
    ["2026-01-02", "2026-01-02T00:00:00.000Z"],
  ])("reads %s", (text, expected) => {
    expect(readTime(text)?.toISOString()).toBe(expected);
  });

  it.each(["", "yesterday", "2026-13-01", "2026-01-02T25:00:00Z", "1767322800", "2026-01-02T03:04:05Z; DROP"])("refuses %j", (text) => {
    expect(readTime(text)).toBeNull();
  });
});
