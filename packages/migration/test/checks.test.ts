import type { CheckResult } from "@ferry/core";
import { describe, expect, it } from "vitest";
import { allChecks, firstObstacle, judgeAll } from "../src/check/all-checks.ts";
import type { MoveFacts } from "../src/facts.ts";
import { checkRows, silentDestination, silentSource } from "./support/check-rows.ts";
import { moveFacts, record, sourceId } from "./support/move-facts.ts";

function judged(key: string, facts: MoveFacts): CheckResult {
  const result = judgeAll(facts).find((one) => one.check === key);
  if (!result) throw new Error(`no check has the key ${key}`);
  return result;
}

it("has rows for every check and for no other", () => {
  expect(Object.keys(checkRows).sort()).toEqual(allChecks.map((check) => check.key).sort());
});

describe.each(Object.entries(checkRows))("%s", (key, cases) => {
  it.each(cases)("%s", (_situation, changes, verdict, sentence) => {
    const result = judged(key, moveFacts(changes));
    expect({ verdict: result.verdict, sentence: result.sentence }).toEqual({ verdict, sentence });
    expect(result.remedy === null).toBe(verdict === "pass");
  });
});

describe("all checks together", () => {
  it("pass for a plain move", () => {
    expect(judgeAll(moveFacts()).filter((result) => result.verdict !== "pass")).toEqual([]);
  });

  it("name a silent destination before what could therefore not be checked", () => {
    expect(firstObstacle(judgeAll(moveFacts({ destination: silentDestination })))?.check).toBe("services-up");
    expect(firstObstacle(judgeAll(moveFacts({ source: silentSource, destination: { host: null } })))?.check).toBe("services-up");
  });

  it("report Nova's sentence for a move to the source itself", () => {
    const itself = { record: record(sourceId, "kvm1"), host: null };
    expect(firstObstacle(judgeAll(moveFacts({ destination: itself })))?.check).toBe("destination-is-another-host");
  });

  it("judge without throwing, whatever is missing", () => {
    for (const changes of [
      { source: silentSource, destination: { host: null } },
      { source: { guest: null }, destination: { host: null } },
    ]) {
      expect(judgeAll(moveFacts(changes))).toHaveLength(allChecks.length);
    }
  });
});
