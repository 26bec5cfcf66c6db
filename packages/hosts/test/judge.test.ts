import type { GuestObservation } from "@ferry/core";
import { expect, test } from "vitest";
import { judge } from "../src/transfer/conclude.ts";
import { absent, present, silent } from "./observations.ts";

const verdict = (source: GuestObservation, destination: GuestObservation, paused = false): string => {
  const judgement = judge(source, destination, { paused, reason: "why", aborted: false });
  return judgement.kind === "ended" ? judgement.outcome.kind : judgement.kind;
};

test.each<[string, GuestObservation, GuestObservation, string]>([
  ["the destination runs it and the source let go", present("shutoff", "migrated"), present("running", "migrated"), "handed-over"],
  ["the destination runs it and the source forgot it", absent, present("running", "migrated"), "handed-over"],
  [
    "the destination runs it and the source holds a paused copy",
    present("paused", "migration"),
    present("running", "migrated"),
    "handed-over",
  ],
  ["the source runs it and the destination has nothing", present("running", "migration-canceled"), absent, "stayed"],
  ["its user paused it at the source", present("paused", "user"), absent, "stayed"],
  ["it was shut down at the source", present("shutoff", "other"), absent, "stayed"],
  ["its process died at the source", present("shutoff", "crashed"), absent, "stayed"],
  ["the copy goes on", present("running", "other", "outgoing"), present("paused", "migration", "incoming"), "copying"],
  ["both hold it paused", present("paused", "migration", "outgoing"), present("paused", "migration", "incoming"), "undecided"],
  ["the source holds it paused and nobody drives", present("paused", "migration"), absent, "stranded"],
  ["the destination is silent", present("paused", "migration"), silent, "undecided"],
  ["the destination is silent, but the source never stopped it", present("running"), silent, "stayed"],
  ["the destination is silent, and the source had stopped it", present("running", "migration-canceled"), silent, "undecided"],
  ["the destination is silent while the copy goes on", present("running", "other", "outgoing"), silent, "undecided"],
  ["the source is silent, the destination has nothing", silent, absent, "undecided"],
  ["both are silent", silent, silent, "undecided"],
  ["both run it", present("running"), present("running"), "unknown"],
  ["neither has it", absent, absent, "unknown"],
])("when %s", (_, source, destination, expected) => {
  expect(verdict(source, destination)).toBe(expected);
});

test("a guest that was to arrive paused is handed over when it is held for its user", () => {
  expect(verdict(present("paused", "migration", "outgoing"), present("paused", "user"), true)).toBe("handed-over");
  expect(verdict(present("paused", "migration", "outgoing"), present("paused", "migration", "incoming"), true)).toBe("undecided");
});

test("a silent source does not hide a running destination", () => {
  expect(verdict(silent, present("running", "migrated"))).toBe("handed-over");
});

test("an aborted move that stayed says so", () => {
  const judgement = judge(present("running"), absent, { paused: false, reason: "cancelled", aborted: true });
  expect(judgement).toEqual({ kind: "ended", outcome: { kind: "stayed", reason: "cancelled", aborted: true } });
});

test("a destination that was never told to run the guest may be silent once the source runs it again", () => {
  const transfer = { paused: false, reason: "why", aborted: false, neverFinished: true };
  expect(judge(present("running", "migration-canceled"), silent, transfer)).toMatchObject({ outcome: { kind: "stayed" } });
  expect(judge(present("paused", "migration"), silent, transfer)).toEqual({ kind: "undecided" });
  expect(judge(present("running", "other", "outgoing"), silent, transfer)).toEqual({ kind: "undecided" });
});
