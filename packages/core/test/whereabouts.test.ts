import { describe, expect, it } from "vitest";
import { type GuestObservation, type GuestState, type GuestStateReason, whereabouts } from "../src/index.ts";

const absent: GuestObservation = { kind: "absent" };
const silent: GuestObservation = { kind: "unreachable", problem: "no answer" };

function seen(
  state: GuestState,
  reason: GuestStateReason = "other",
  migrationJob: "outgoing" | "incoming" | "none" = "none",
): GuestObservation {
  return { kind: "present", state, reason, persistent: true, migrationJob };
}

describe("whereabouts", () => {
  it.each([
    ["never started", seen("running"), absent, "at-source"],
    ["undone by libvirt", seen("running", "migration-canceled"), absent, "at-source"],
    ["paused by its user", seen("paused", "user"), absent, "at-source"],
    ["an old definition of it lies at the destination", seen("running"), seen("shutoff"), "at-source"],
    ["copying", seen("running", "other", "outgoing"), seen("paused", "migration", "incoming"), "copying"],
    ["copying, the destination not yet prepared", seen("running", "other", "outgoing"), absent, "copying"],
    ["a paused guest being copied", seen("paused", "user", "outgoing"), seen("paused", "migration", "incoming"), "copying"],
    ["in the switch-over", seen("paused", "migration", "outgoing"), seen("paused", "migration", "incoming"), "switching"],
    ["in the switch-over, the job just ended", seen("paused", "migration"), seen("paused", "migration", "incoming"), "switching"],
    ["died between Perform and Finish", seen("paused", "migration"), absent, "stranded-at-source"],
    ["died between Finish and Confirm", seen("paused", "migration"), seen("running", "migrated"), "leftover-at-source"],
    ["Confirm lost, the job still there", seen("paused", "migration", "outgoing"), seen("running", "migrated"), "leftover-at-source"],
    ["done", absent, seen("running", "migrated"), "at-destination"],
    ["done, still defined at the source", seen("shutoff", "migrated"), seen("running", "migrated"), "at-destination"],
    ["resumed there, its job about to end", absent, seen("running", "migrated", "incoming"), "at-destination"],
    ["done and then paused there", absent, seen("paused", "user"), "at-destination"],
    ["a paused guest handed over", seen("shutoff", "migrated"), seen("paused", "migration"), "at-destination"],
    ["a paused guest, died between Finish and Confirm", seen("paused", "user"), seen("paused", "user"), "leftover-at-source"],
    ["a paused guest, Confirm still to come", seen("paused", "user", "outgoing"), seen("paused", "user"), "leftover-at-source"],
    ["post-copy", seen("paused", "post-copy", "outgoing"), seen("running", "post-copy"), "post-copy"],
    ["broken post-copy", seen("paused", "post-copy-failed"), seen("running", "post-copy-failed"), "post-copy"],
    ["running on both", seen("running", "migration-canceled"), seen("running", "migrated"), "split"],
    ["its process died at the source", seen("shutoff", "crashed"), absent, "crashed-at-source"],
    ["shut down by its user", seen("shutoff", "other"), absent, "stopped-at-source"],
    ["nowhere", absent, absent, "gone"],
    ["only an unfinished copy at the destination", absent, seen("paused", "migration", "incoming"), "gone"],
    ["destination silent", seen("paused", "migration"), silent, "unknown"],
    ["source silent", silent, seen("running", "migrated"), "unknown"],
    ["both silent", silent, silent, "unknown"],
  ] as const)("%s", (_name, source, destination, expected) => {
    expect(whereabouts(source, destination)).toBe(expected);
  });
});
