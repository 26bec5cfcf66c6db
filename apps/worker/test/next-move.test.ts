import type { GuestState, GuestStateReason, PowerAction } from "@ferry/core";
import { powerActions } from "@ferry/core";
import { describe, expect, test } from "vitest";
import { type Act, type Move, nextMove, type Seen, type Situation } from "../src/server-tasks/next-move.ts";

const guest = (state: GuestState, reason: GuestStateReason = "other"): Seen => ({
  kind: "present",
  state,
  reason,
  persistent: true,
  migrationJob: "none",
});
const running = guest("running");
const paused = guest("paused", "user");
const off = guest("shutoff");
const saved = guest("shutoff", "saved");
const crashed = guest("crashed", "crashed");
const ending = guest("shutting-down");
const sleeping = guest("suspended");
const absent: Seen = { kind: "absent" };

const fresh: Omit<Situation, "seen"> = { saving: false, wasOff: false, done: new Set(), elapsedMs: 0, askedAgoMs: null };
const after = (...done: Act[]): Partial<Situation> => ({ done: new Set(done) });

/** A move in one word: what it does, or what it is. */
const word = (move: Move): string => (move.kind === "act" ? move.act : move.kind);

const cases: [PowerAction, string, Seen, Partial<Situation>, string][] = [
  ["start", "an off guest is started", off, {}, "start"],
  ["start", "a crashed guest is started", crashed, {}, "start"],
  ["start", "a suspended guest goes on", saved, {}, "start"],
  ["start", "a running guest is as wanted", running, {}, "done"],
  ["start", "a paused guest is on, which was asked for", paused, {}, "done"],
  ["start", "one that is about to end is waited for", ending, {}, "wait"],
  ["start", "one that does not stay on is not started for ever", off, after("start"), "stuck"],
  ["stop", "a running guest is asked", running, {}, "shutdown"],
  ["stop", "one that was asked is given time", running, { elapsedMs: 9_000, askedAgoMs: 9_000 }, "wait"],
  ["stop", "one that did not hear is asked again", running, { elapsedMs: 10_000, askedAgoMs: 10_000 }, "shutdown"],
  ["stop", "one on its way is given time", ending, { elapsedMs: 9_000, askedAgoMs: 9_000 }, "wait"],
  ["stop", "after Nova's 60 s it is ended", running, { elapsedMs: 60_000, askedAgoMs: 1_000 }, "destroy"],
  ["stop", "one that hangs on its way is ended as well", ending, { elapsedMs: 60_000, askedAgoMs: 1_000 }, "destroy"],
  ["stop", "a paused guest cannot hear and is ended", paused, {}, "destroy"],
  ["stop", "a sleeping guest cannot hear and is ended", sleeping, {}, "destroy"],
  ["stop", "one that cannot be ended is told", running, { ...after("destroy"), elapsedMs: 61_000 }, "stuck"],
  ["stop", "an off guest is as wanted", off, {}, "done"],
  ["reboot-soft", "a running guest is asked to end", running, {}, "shutdown"],
  ["reboot-soft", "it has 120 s", running, { elapsedMs: 119_000, askedAgoMs: 9_000 }, "wait"],
  ["reboot-soft", "then it is ended", running, { elapsedMs: 120_000, askedAgoMs: 9_000 }, "destroy"],
  ["reboot-soft", "that it is off is noted before it is started", off, {}, "note-off"],
  ["reboot-soft", "one that was off is started", off, { wasOff: true }, "start"],
  ["reboot-soft", "one that was off and runs has been rebooted, by whichever worker", running, { wasOff: true }, "done"],
  ["reboot-hard", "a running guest is ended", running, {}, "destroy"],
  ["reboot-hard", "a paused guest is ended", paused, {}, "destroy"],
  ["reboot-hard", "one that is off already is noted as such", off, {}, "note-off"],
  ["reboot-hard", "a suspended guest forgets what it had in memory", saved, {}, "drop-saved"],
  ["reboot-hard", "one that was off is started", off, { ...after("destroy"), wasOff: true }, "start"],
  ["reboot-hard", "one that was off and runs has been rebooted", running, { wasOff: true }, "done"],
  ["reboot-hard", "one that does not start is told", off, { ...after("start"), wasOff: true }, "stuck"],
  ["pause", "a running guest is paused", running, {}, "pause"],
  ["pause", "a paused guest is as wanted", paused, {}, "done"],
  ["pause", "an off guest cannot be paused", off, {}, "stuck"],
  ["unpause", "a paused guest goes on", paused, {}, "resume"],
  ["unpause", "one that stops again at once (a full disk) is told", paused, after("resume"), "stuck"],
  ["unpause", "a running guest is as wanted", running, {}, "done"],
  ["unpause", "an off guest cannot go on", off, {}, "stuck"],
  ["suspend", "a running guest is saved", running, {}, "managed-save"],
  ["suspend", "one that is being saved is waited for", paused, { saving: true }, "wait"],
  ["suspend", "a saved guest is as wanted", saved, {}, "done"],
  ["suspend", "one that ended by itself cannot be saved", off, {}, "stuck"],
  ["resume", "a saved guest goes on", saved, {}, "start"],
  ["resume", "a running guest is as wanted", running, {}, "done"],
  ["resume", "one whose memory is gone is not booted in its place", off, {}, "stuck"],
  ["resume", "one that sleeps by itself is not ours to wake", sleeping, {}, "stuck"],
  ["delete", "a running guest is ended first", running, {}, "destroy"],
  ["delete", "an off guest is undefined", off, {}, "undefine"],
  ["delete", "a suspended guest is undefined with its memory", saved, {}, "undefine"],
  ["delete", "one that is not there is as wanted", absent, {}, "done"],
];

test.each(cases)("%s: %s", (action, _name, seen, change, wanted) => {
  expect(word(nextMove(action, { ...fresh, seen, ...change }))).toBe(wanted);
});

describe("for every action", () => {
  const states = [running, paused, off, saved, crashed, ending, sleeping];
  const actions = powerActions;

  test.each(actions)("%s: a guest that vanished is gone, or that was the wish", (action) => {
    expect(word(nextMove(action, { ...fresh, seen: absent }))).toBe(action === "delete" ? "done" : "gone");
  });

  test.each(actions)("%s: nothing but a request to shut down is done twice", (action) => {
    for (const seen of states) {
      for (const wasOff of [false, true]) {
        const first = nextMove(action, { ...fresh, seen, wasOff, elapsedMs: 500_000 });
        if (first.kind !== "act") continue;
        const second = nextMove(action, { ...fresh, seen, wasOff, elapsedMs: 500_000, done: new Set([first.act]), askedAgoMs: 0 });
        expect(second).not.toEqual(first);
      }
    }
  });

  test.each(actions)("%s: a process is ended only where the action says so", (action) => {
    const ends = states.filter((seen) => word(nextMove(action, { ...fresh, seen, elapsedMs: 500_000 })) === "destroy");
    expect(ends.length > 0).toBe(["stop", "reboot-soft", "reboot-hard", "delete"].includes(action));
  });
});
