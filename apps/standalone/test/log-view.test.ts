import { expect, test } from "vitest";
import { makeLogView } from "../src/log-view.ts";

const time = new Date(2026, 0, 2, 3, 4, 5).getTime();
const line = (fields: object): string => JSON.stringify({ level: 30, time, pid: 1, hostname: "h", name: "ferry-api", ...fields });

test("a request and its answer are one line", () => {
  const view = makeLogView();
  expect(view(line({ reqId: "req-1", req: { method: "GET", url: "/healthz" }, msg: "incoming request" }))).toBeNull();
  expect(view(line({ reqId: "req-1", res: { statusCode: 200 }, responseTime: 27.6, msg: "request completed" }))).toBe(
    "03:04:05 api  GET /healthz 200, 28 ms",
  );
});

test.each([
  [{ msg: "worker is ready", owner: "vm-1" }, "03:04:05 api  worker is ready owner=vm-1"],
  [
    { level: 40, msg: "a round of upkeep failed", err: { message: "no answer", stack: "…" } },
    "03:04:05 api warning  a round of upkeep failed: no answer",
  ],
  [{ level: 50, msg: "lost", tries: 3 }, "03:04:05 api ERROR  lost tries=3"],
  [{ level: 50, reqId: "req-2", msg: "unexpected" }, "03:04:05 api ERROR  unexpected"],
  [{ msg: "guest \u001b[2J\u202e\nx" }, "03:04:05 api  guest  [2J x"],
])("%j reads as %s", (fields, text) => {
  expect(makeLogView()(line(fields))).toBe(text);
});

test.each([["ferry is ready"], ["{half"], ["[1]"], ["null"]])("what is no log entry (%s) stays as it is", (text) => {
  expect(makeLogView()(text)).toBe(text);
});
