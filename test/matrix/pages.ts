import { COLUMN_KEYS, COLUMNS, type ColumnKey, MOVE_KINDS, MOVES, type MoveKind } from "./kinds.ts";
import type { CellResult, Results } from "./results.ts";

const [BEGIN, END] = ["<!-- matrix: begin, written by npm run matrix -->", "<!-- matrix: end -->"];

/** The matrix as a table: a column for each kind of move, a line for each kind of disk. @throws Error when a cell was not run. */
export function matrixTable(results: Results): string {
  const head = ["disks", ...MOVE_KINDS.map((move) => MOVES[move])];
  const lines = COLUMN_KEYS.map((column) => [
    COLUMNS[column].title,
    ...MOVE_KINDS.map((move) => cell(results[column]?.[move], column, move)),
  ]);
  return [head, head.map(() => "---"), ...lines].map((words) => `| ${words.join(" | ")} |`).join("\n");
}

/** Every refusal of the matrix, told once: the sentence and the cells that it refuses. */
export function refusals(results: Results): string {
  const lines = COLUMN_KEYS.flatMap((column) =>
    MOVE_KINDS.flatMap((move) => {
      const seen = results[column]?.[move];
      return seen?.outcome === "refused" ? [`| ${COLUMNS[column].title} | ${MOVES[move]} | \`${seen.check}\` | ${seen.sentence} |`] : [];
    }),
  );
  return ["| disks | move | check | it says |", "|---|---|---|---|", ...lines].join("\n");
}

/** A page with what stands between its markers replaced. @throws Error when it has no markers. */
export function withMatrix(page: string, content: string): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`The page has no "${BEGIN}" … "${END}".`);
  return `${before}${BEGIN}\n${content}\n${END}${after}`;
}

/** What stands between a page's markers. */
export const matrixOf = (page: string): string => (page.split(BEGIN)[1]?.split(END)[0] ?? "").trim();

function cell(seen: CellResult | undefined, column: ColumnKey, move: MoveKind): string {
  if (seen === undefined) throw new Error(`The cell ${column}, ${move} was not run: run test/live/matrix.test.ts as a whole.`);
  return CELL_WORDS[seen.outcome];
}

/** What a cell shows. */
export const CELL_WORDS = { moved: "moves", refused: "refused" } as const;
