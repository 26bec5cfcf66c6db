import { fail } from "@ferry/core";
import type { RunResult } from "@ferry/engine";
import { describe, expect, it } from "vitest";
import { conclude } from "../src/conclude.ts";

const refused = fail("CHECKS_REFUSED", { reason: "no room" });
const broken = fail("TRANSFER_FAILED", { reason: "link" });
const aborted = fail("ABORTED");
const silent = fail("WHEREABOUTS_UNKNOWN", { reason: "a host is silent" });

describe("conclude", () => {
  it.each<[string, RunResult, ReturnType<typeof conclude>]>([
    ["every step done", { kind: "completed" }, { status: "completed", stays: false, pending: false }],
    [
      "the checks refused",
      { kind: "undone", step: "check-conditions", problem: refused },
      { status: "error", stays: true, pending: false },
    ],
    ["a later step failed", { kind: "undone", step: "create-disks", problem: broken }, { status: "failed", stays: true, pending: false }],
    [
      "aborted in the transfer",
      { kind: "undone", step: "transfer-guest", problem: aborted },
      { status: "cancelled", stays: true, pending: false },
    ],
    [
      "aborted in the checks",
      { kind: "undone", step: "check-conditions", problem: aborted },
      { status: "cancelled", stays: true, pending: false },
    ],
    ["an undo failed", { kind: "undo-pending", step: "create-disks", problem: broken }, { status: "failed", stays: true, pending: true }],
    [
      "cleanup failed",
      { kind: "forward-pending", step: "undefine-source", problem: silent },
      { status: null, stays: false, pending: true },
    ],
    [
      "not known where it runs",
      { kind: "undecided", step: "transfer-guest", problem: silent },
      { status: null, stays: false, pending: true },
    ],
  ])("%s", (_name, result, expected) => {
    expect(conclude(result, { firstStep: "check-conditions", end: "completed" })).toEqual(expected);
  });
});
