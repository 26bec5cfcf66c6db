import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EXPECTED } from "./expected.ts";
import { COLUMN_KEYS, COLUMNS, MOVE_KINDS, MOVES } from "./kinds.ts";
import { CELL_WORDS, matrixOf, matrixTable, refusals, withMatrix } from "./pages.ts";
import type { CellResult, Results } from "./results.ts";

const read = (page: string): string => readFileSync(join(import.meta.dirname, "../..", page), "utf8");
const rowsOf = (table: string): string[][] =>
  table
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| ---"))
    .map((line) => line.slice(2, -2).split(" | "));

describe("the matrix in README.md", () => {
  const [head = [], ...lines] = rowsOf(matrixOf(read("README.md")));

  it("has a column for each kind of move and a line for each kind of disk", () => {
    expect(head.slice(1)).toEqual(MOVE_KINDS.map((kind) => MOVES[kind]));
    expect(lines.map(([title]) => title)).toEqual(COLUMN_KEYS.map((key) => COLUMNS[key].title));
  });

  it.each(COLUMN_KEYS)("shows what is expected of %s", (key) => {
    const [, ...cells] = lines[COLUMN_KEYS.indexOf(key)] ?? [];
    expect(cells).toEqual(MOVE_KINDS.map((kind) => (EXPECTED[key][kind] === "moves" ? CELL_WORDS.moved : CELL_WORDS.refused)));
  });
});

it("docs/matrix.md quotes for each refused cell the sentence that is expected", () => {
  const [, ...quoted] = rowsOf(matrixOf(read("docs/matrix.md")));
  const refused = COLUMN_KEYS.flatMap((key) =>
    MOVE_KINDS.flatMap((kind) => {
      const expected = EXPECTED[key][kind];
      return expected === "moves" ? [] : [{ title: COLUMNS[key].title, move: MOVES[kind], ...expected }];
    }),
  );
  expect(quoted.map(([title, move, check]) => [title, move, check])).toEqual(
    refused.map(({ title, move, check }) => [title, move, `\`${check}\``]),
  );
  for (const [index, { sentence }] of refused.entries()) expect(quoted[index]?.[3]).toMatch(sentence);
});

describe("pages from results", () => {
  const moved: CellResult = { outcome: "moved", totalMs: 1 };
  const refusal: CellResult = { outcome: "refused", check: "parameters", sentence: "No." };
  const row = (last: CellResult) => Object.fromEntries(MOVE_KINDS.map((kind, index) => [kind, index === 0 ? last : moved]));
  const results = Object.fromEntries(COLUMN_KEYS.map((key) => [key, row(key === "nfs" ? refusal : moved)])) as Results;

  it("tell a refusal apart from a move", () => {
    const nfs = rowsOf(matrixTable(results))[1 + COLUMN_KEYS.indexOf("nfs")];
    expect(nfs).toEqual([COLUMNS.nfs.title, "refused", ...MOVE_KINDS.slice(1).map(() => "moves")]);
    expect(refusals(results)).toContain(`| ${COLUMNS.nfs.title} | ${MOVES["live-shared"]} | \`parameters\` | No. |`);
  });

  it("are not made from a run that lacks a cell", () => {
    expect(() => matrixTable({ ...results, raw: {} })).toThrow("The cell raw, live-shared was not run");
  });

  it("go between the markers and nowhere else", () => {
    const page = withMatrix(read("docs/matrix.md"), "one");
    expect(matrixOf(page)).toBe("one");
    expect(matrixOf(withMatrix(page, "two"))).toBe("two");
    expect(() => withMatrix("no markers", "one")).toThrow("The page has no");
  });
});
