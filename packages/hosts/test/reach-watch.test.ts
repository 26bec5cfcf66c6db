import { expect, test } from "vitest";
import { countSilence, type Glance } from "../src/transfer/reach-watch.ts";

const look = (reach: Glance["reach"], bytes: number | null = null): Glance => ({ reach, bytes });

test.each<[what: string, history: Glance[], silences: number]>([
  ["nothing was asked yet", [], 0],
  ["the destination answers", [look("open", 1), look("open", 2)], 0],
  ["it refuses, so it is there", [look("refused", 1)], 0],
  ["it fell silent", [look("open", 5), look("silent", 5), look("silent", 5)], 2],
  ["it fell silent and the job cannot be asked", [look("open", 5), look("silent"), look("silent")], 2],
  ["it came back", [look("open", 5), look("silent", 5), look("open", 5)], 0],
  ["it fell silent again", [look("open", 5), look("silent", 5), look("open", 5), look("silent", 5)], 1],
  ["bytes still travel", [look("open", 5), look("silent", 6), look("silent", 7)], 0],
  ["bytes stopped travelling", [look("open", 5), look("silent", 6), look("silent", 6), look("silent", 6)], 2],
  ["it never answered: a firewall forbids the attempt", [look("silent", 5), look("silent", 5)], 0],
  ["the source forbids the attempt", [look("forbidden", 5), look("forbidden", 5)], 0],
  ["the source cannot be asked", [look("open", 5), look("silent", 5), look("unasked")], 0],
])("counts the silences since the last sign of life: %s", (_what, history, silences) => {
  expect(countSilence(history)).toBe(silences);
});
