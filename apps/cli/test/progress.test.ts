import stringWidth from "string-width";
import { expect, test } from "vitest";
import { plainStyle } from "../src/output/style.ts";
import { formatDuration, fraction } from "../src/progress/format.ts";
import { forwardOnly } from "../src/progress/forward-only.ts";
import { jsonLines } from "../src/progress/json-lines.ts";
import { measures, pace } from "../src/progress/measures.ts";
import { viewAt } from "../src/progress/move-view.ts";
import { amountsLine, changeLines } from "../src/progress/plain.ts";
import { bar, renderProgress } from "../src/progress/render.ts";
import { exitCodeOfMove, summaryLine } from "../src/progress/summary.ts";
import { completed, migration, progress, step, summary } from "./support/samples.ts";

const start = Date.parse("2026-01-02T03:04:00.000Z");
const at = (record: ReturnType<typeof migration>, ms = 2000) => viewAt(record, start + ms);
const render = (record: ReturnType<typeof migration>, width = 80) => renderProgress(at(record), width, plainStyle);

const begun = [
  step("server-is-running", "check"),
  step("claim-destination", "setup"),
  step("prepare-disks", "setup"),
  step("start-transfer", "migrate", "started"),
];

test.each([
  [
    "before the first step every phase waits",
    migration({ status: "accepted", destination_host: null, transport: null }),
    ["lm001  compute1 → ?  accepted  2.0 s", "· check", "· setup", "· migrate", "· cleanup"],
  ],
  [
    "a finished phase is one line, the running one lists its steps",
    migration({ status: "preparing", transport: null, steps: begun.slice(0, 2) }),
    [
      "lm001  compute1 → compute2  preparing  2.0 s",
      "✔ check    server-is-running",
      "▸ setup",
      "    ✔ claim-destination",
      "· migrate",
      "· cleanup",
    ],
  ],
  [
    "a transfer shows disks, memory and pace",
    migration({ steps: begun, progress: progress() }),
    [
      "lm001  compute1 → compute2  running  2.0 s  p2p",
      "✔ check    server-is-running",
      "✔ setup    claim-destination, prepare-disks",
      "▸ migrate",
      "    … start-transfer",
      "    vda     ████████████████████░░░░░░░░░░░░  62%  640 MiB of 1 GiB",
      "    memory  ████████░░░░░░░░░░░░░░░░░░░░░░░░  25%  64 MiB of 256 MiB",
      "    118 MiB/s, 3.0 s left, memory pass 2",
      "· cleanup",
    ],
  ],
  [
    "unknown sizes are said to be unknown",
    migration({
      steps: begun,
      progress: progress({
        memory_total_bytes: null,
        memory_processed_bytes: null,
        bytes_per_second: null,
        remaining_ms: null,
        iteration: null,
        disks: [{ target: "vda", total_bytes: null, done_bytes: null, ready: false }],
      }),
    }),
    [
      "lm001  compute1 → compute2  running  2.0 s  p2p",
      "✔ check    server-is-running",
      "✔ setup    claim-destination, prepare-disks",
      "▸ migrate",
      "    … start-transfer",
      "    vda     not known yet",
      "    memory  after the disks",
      "· cleanup",
    ],
  ],
  [
    "without steps, which not everybody may see, the status tells the phase",
    migration({ source_host: null, destination_host: null, progress: progress({ disks: [], bytes_per_second: null, remaining_ms: null }) }),
    [
      "lm001  ? → ?  running  2.0 s  p2p",
      "✔ check",
      "✔ setup",
      "▸ migrate",
      "    memory  ████████░░░░░░░░░░░░░░░░░░░░░░░░  25%  64 MiB of 256 MiB",
      "    memory pass 2",
      "· cleanup",
    ],
  ],
  [
    "an undone move marks the failure and what was reverted",
    migration({
      status: "failed",
      steps: [step("claim-destination", "setup", "undone"), step("start-transfer", "migrate", "failed", "link cut")],
    }),
    [
      "lm001  compute1 → compute2  failed  2.0 s  p2p",
      "· check",
      "↩ setup",
      "    ↩ claim-destination",
      "✖ migrate",
      "    ✖ start-transfer: link cut",
      "· cleanup",
    ],
  ],
])("%s", (_name, record, lines) => {
  expect(render(record)).toEqual(lines);
});

test("every line fits into the terminal, whatever its width and the names", () => {
  const record = migration({ server_name: "长名字".repeat(30), steps: begun, progress: progress() });
  for (let width = 1; width <= 200; width += 1) {
    for (const line of renderProgress(at(record), width, plainStyle)) expect(stringWidth(line)).toBeLessThanOrEqual(width);
  }
});

test("names with control characters do not reach the terminal", () => {
  expect(render(migration({ server_name: "a\u001b[2Jb\n" }))[0]).toContain("a\\u001b[2Jb\\u000a");
});

test.each([
  [0, "░░░░"],
  [0.03, "▏░░░".replace("▏", bar(0.03, 4)[0] ?? "")],
  [0.5, "██░░"],
  [0.53, "██▏░"],
  [1, "████"],
])("a bar at %d is %s", (part, text) => {
  expect(bar(part, 4)).toBe(text);
});

test("memory that is sent again and again never passes 100 %", () => {
  const [, memory] = measures(progress({ memory_processed_bytes: 900 * 1024 ** 2, memory_remaining_bytes: 0 }));
  expect(memory).toEqual({ label: "memory", part: 1, share: "256 MiB of 256 MiB" });
  expect(fraction(300, 200)).toBe(1);
});

test("a disk that is in step with its copy is full", () => {
  const disks = [{ target: "vda", total_bytes: 100, done_bytes: 40, ready: true }];
  expect(measures(progress({ disks }))[0]).toEqual({ label: "vda", part: 1, share: "100 B of 100 B" });
});

test("no bar runs backwards: not for writes after a copy, not for memory that is sent again, not for an older reading", () => {
  const forward = forwardOnly();
  const parts = (done: number, total: number, ready: boolean, remaining: number) => {
    const disks = [{ target: "vda", total_bytes: total, done_bytes: done, ready }];
    const view = forward(at(migration({ progress: progress({ disks, memory_total_bytes: 200, memory_remaining_bytes: remaining }) })));
    return measures(view.migration.progress).map(({ part }) => part);
  };
  expect(parts(50, 100, false, 200)).toEqual([0.5, 0]);
  expect(parts(100, 100, true, 20)).toEqual([1, 0.9]);
  expect(parts(100, 110, false, 150)).toEqual([1, 0.9]);
  expect(parts(90, 100, false, 10)).toEqual([1, 0.95]);
});

test("memory is said to wait while the disks are copied", () => {
  const uncounted = { memory_total_bytes: null, memory_processed_bytes: null, memory_remaining_bytes: null };
  expect(measures(progress(uncounted))[1]).toEqual({ label: "memory", part: null, share: "after the disks" });
});

test("a total of 0 means not counted yet, and is not shown as 0", () => {
  const uncounted = progress({ memory_total_bytes: 0, memory_processed_bytes: 0, memory_remaining_bytes: 0, disks: [] });
  expect(measures(uncounted)).toEqual([{ label: "memory", part: null, share: "not known yet" }]);
});

test("a line that is too long ends with an ellipsis", () => {
  expect(render(migration({ steps: begun, status: "post-migrating" }), 24)[2]).toBe("✔ setup    claim-destin…");
});

test("a pace of which nothing is known is not shown", () => {
  expect(pace(progress({ bytes_per_second: null, remaining_ms: null, iteration: null }))).toBeNull();
});

test.each([
  [0, "0 ms"],
  [999, "999 ms"],
  [1000, "1.0 s"],
  [59_999, "59.9 s"],
  [185_000, "3 min 5 s"],
])("%d ms reads %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test("plain lines tell only what changed", () => {
  const first = at(migration({ status: "queued", destination_host: null, steps: [step("server-is-running", "check", "started")] }), 100);
  const second = at(migration({ steps: [step("server-is-running", "check"), step("start-transfer", "migrate", "started")] }), 1500);
  expect(changeLines(null, first)).toEqual(["[100 ms] check: server-is-running started", "[100 ms] status queued"]);
  expect(changeLines(first, second)).toEqual([
    "[1.5 s] destination compute2",
    "[1.5 s] check: server-is-running done",
    "[1.5 s] migrate: start-transfer started",
    "[1.5 s] status running",
  ]);
  expect(changeLines(second, second)).toEqual([]);
});

test("the amounts are one plain line", () => {
  expect(amountsLine(at(migration({ progress: progress() })))).toBe(
    "[2.0 s] vda 62% 640 MiB of 1 GiB; memory 25% 64 MiB of 256 MiB; 118 MiB/s, 3.0 s left, memory pass 2",
  );
  expect(amountsLine(at(migration()))).toBeNull();
});

test("JSON lines tell steps, status and progress, each once", () => {
  const first = at(migration({ steps: [step("start-transfer", "migrate", "started")] }));
  const second = at(migration({ steps: [step("start-transfer", "migrate", "started")], progress: progress() }));
  expect(jsonLines(null, first).map(({ type }) => type)).toEqual(["step", "status"]);
  expect(jsonLines(first, second)).toEqual([{ type: "progress", elapsed_ms: 2000, progress: progress() }]);
  expect(jsonLines(second, second)).toEqual([]);
});

test.each([
  [completed(), "moved lm001: total 4.2 s, downtime 56 ms, memory 240 MiB, disks 1 GiB, compute1 → compute2.", 0],
  [completed({ summary: null }), "moved lm001: total 4.2 s, downtime unknown, memory unknown, disks unknown, compute1 → compute2.", 0],
  [
    completed({ summary: { ...summary(), disk_bytes: 0 }, pending_work: true }),
    "moved lm001: total 4.2 s, downtime 56 ms, memory 240 MiB, disks 0 B, compute1 → compute2. Cleaning up is not finished; ferry repeats it.",
    0,
  ],
  [
    migration({
      status: "failed",
      problem: { code: "TRANSFER_FAILED", sentence: "The link was cut." },
      ended_at: "2026-01-02T03:04:01.000Z",
    }),
    "migration 12 of lm001 (compute1 → compute2) ended as failed after 1.0 s. TRANSFER_FAILED: The link was cut.",
    1,
  ],
  [
    migration({ status: "cancelled", ended_at: "2026-01-02T03:04:01.000Z" }),
    "migration 12 of lm001 (compute1 → compute2) was cancelled after 1.0 s.",
    2,
  ],
  [
    migration({
      status: "error",
      destination_host: null,
      problem: { code: "NO_VALID_HOST", sentence: "None." },
      ended_at: "2026-01-02T03:04:01.000Z",
    }),
    "migration 12 of lm001 (compute1 → ?) was refused after 1.0 s. NO_VALID_HOST: None.",
    10,
  ],
])("case %#: the summary is one line and has its exit code", (record, line, exitCode) => {
  expect(summaryLine(at(record))).toBe(line);
  expect(exitCodeOfMove(record)).toBe(exitCode);
});

test("a clock that runs behind the server's gives no negative time", () => {
  expect(viewAt(migration(), start - 5000).elapsedMs).toBe(0);
});
