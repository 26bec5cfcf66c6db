import { describe, expect, it } from "vitest";
import { fullIds, outcomesOf, textOf } from "./support/results.ts";

const csv = [
  "test,status,start_time,stop_time",
  "tempest.a.Good.test_one[id-1],success,x,y",
  '"tempest.a.Good.test_two[id-2,smoke]",failure,x,y',
  "tempest.a.Good.test_three[id-3],skip,x,y",
  "setUpClass (tempest.a.Lame),skip,x,y",
  "setUpClass (tempest.a.Bad),error,x,y",
].join("\r\n");

const names = ["Good.test_one", "Good.test_two", "Good.test_three", "Lame.test_four", "Bad.test_five", "Absent.test_six"];

describe("what stestr and subunit2csv say", () => {
  it("is told test by test; a class that was not set up speaks for its tests, and what has no row has failed", () => {
    const outcomes = outcomesOf(
      names.map((name) => `tempest.a.${name}`),
      csv,
      new Map(),
    );
    expect([...outcomes.values()].map(({ status }) => status)).toEqual(["passed", "failed", "skipped", "skipped", "failed", "failed"]);
  });

  it("is split into one text for each test", () => {
    const lines = [
      "noise",
      "{0} tempest.a.Good.test_two [0.1s] ... FAILED",
      "    Traceback",
      "{0} setUpClass (tempest.a.Bad) [0.0s] ... FAILED",
      "why",
    ];
    const texts = textOf(lines);
    expect(texts.get("tempest.a.Good.test_two")).toBe("{0} tempest.a.Good.test_two [0.1s] ... FAILED\n    Traceback");
    expect(texts.get("setUpClass (tempest.a.Bad)")).toContain("why");
  });

  it("gives a plain name its whole id, and refuses one that Tempest does not have", () => {
    const known = ["tempest.a.Good.test_one[id-1,smoke]", "tempest.a.Good.test_two[id-2]"];
    expect(fullIds(["tempest.a.Good.test_one"], known)).toEqual(["tempest.a.Good.test_one[id-1,smoke]"]);
    expect(() => fullIds(["tempest.a.Good.test_none"], known)).toThrow("tempest.a.Good.test_none");
  });
});
