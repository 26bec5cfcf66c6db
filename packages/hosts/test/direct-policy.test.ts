import type { GuestObservation } from "@ferry/core";
import { expect, test } from "vitest";
import { afterLostFinish, reactionTo } from "../src/transfer/direct-policy.ts";
import { absent, present, silent } from "./observations.ts";

test.each([
  ["begin", "refused", "stop"],
  ["begin", "lost", "stop"],
  ["prepare", "refused", "confirm-cancelled"],
  ["prepare", "lost", "confirm-cancelled"],
  ["perform", "refused", "cancel-both"],
  ["perform", "lost", "abort-and-cancel"],
  ["finish", "refused", "confirm-cancelled"],
  ["finish", "lost", "ask-destination"],
  ["confirm", "refused", "leave"],
  ["confirm", "lost", "leave"],
] as const)("%s %s leads to %s", (call, failure, reaction) => {
  expect(reactionTo(call, failure)).toBe(reaction);
});

test.each<[string, GuestObservation, boolean, ReturnType<typeof afterLostFinish>]>([
  ["it runs there", present("running", "migrated"), false, "confirm"],
  ["it runs there and is still marked as arriving", present("running", "migrated", "incoming"), false, "confirm"],
  ["it is held there as asked", present("paused", "user"), true, "confirm"],
  ["it is paused there though it should run", present("paused", "user"), false, "ask-again"],
  ["it still waits for its start", present("paused", "migration", "incoming"), false, "ask-again"],
  ["it still waits for its end, and was to stay paused", present("paused", "migration", "incoming"), true, "ask-again"],
  ["it is absent", absent, false, "continue-at-source"],
  ["only its definition is there", present("shutoff", "failed"), false, "continue-at-source"],
  ["it crashed there before it ran", present("crashed", "crashed"), false, "continue-at-source"],
  ["the host is silent", silent, false, "ask-again"],
  ["the host is silent, and it was to stay paused", silent, true, "ask-again"],
])("after a lost Finish, when %s", (_, destination, paused, decision) => {
  expect(afterLostFinish(destination, paused)).toBe(decision);
});

test("a silent destination never lets the source be touched, whatever was asked", () => {
  for (const paused of [true, false]) expect(afterLostFinish(silent, paused)).toBe("ask-again");
});
