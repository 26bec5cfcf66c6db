import { expect, test } from "vitest";
import { BackOff } from "../src/link/back-off.ts";

function setUp() {
  const clock = { now: 0 };
  const attempts: number[] = [];
  const backOff = new BackOff(() => clock.now);
  const host = { up: false };
  const attempt = () =>
    backOff.attempt(async () => {
      attempts.push(clock.now);
      if (!host.up) throw new Error("down");
      return "connected";
    });
  return { clock, attempts, host, attempt };
}

test("the first failure costs no pause, the following ones growing pauses", async () => {
  const { clock, attempts, attempt } = setUp();
  for (clock.now = 0; clock.now <= 5_000; clock.now += 50) await expect(attempt()).rejects.toThrow("down");
  expect(attempts).toEqual([0, 50, 300, 800, 1800, 3800]);
});

test("within a pause nobody knocks, after a success the pauses begin anew", async () => {
  const { clock, attempts, host, attempt } = setUp();
  for (const now of [0, 1, 2]) {
    clock.now = now;
    await expect(attempt()).rejects.toThrow("down");
  }
  host.up = true;
  clock.now = 10_000;
  expect(await attempt()).toBe("connected");
  host.up = false;
  for (const now of [10_001, 10_002]) {
    clock.now = now;
    await expect(attempt()).rejects.toThrow("down");
  }
  expect(attempts).toEqual([0, 1, 10_000, 10_001, 10_002]);
});
