import { expect, it } from "vitest";
import { uptimeText } from "../src/views/uptime.ts";

const now = new Date("2026-01-02T03:04:10Z");

it.each([
  [59, 0, [0, 0, 0], " 03:04:10 up 0 min,  0 users,  load average: 0.00, 0.00, 0.00"],
  [3600 * 4 + 300, 1, [0.1, 0.25, 1.5], " 03:04:10 up  4:05,  1 user,  load average: 0.10, 0.25, 1.50"],
  [86_400 + 120, 2, [12, 3, 1], " 03:04:10 up 1 day, 2 min,  2 users,  load average: 12.00, 3.00, 1.00"],
  [86_400 * 300 + 3600 * 23 + 59 * 60, 3, [0, 0, 0], " 03:04:10 up 300 days, 23:59,  3 users,  load average: 0.00, 0.00, 0.00"],
])("%i seconds", (seconds, users, load, text) => expect(uptimeText({ seconds, users, load }, now)).toBe(text));
