import CliTable from "cli-table3";
import { escapeControls } from "./escape.ts";

/** A value of a cell; null is shown as `-`, never as 0 or an empty cell. */
export type Cell = string | number | boolean | null | undefined;

export const cellText = (cell: Cell): string => (cell === null || cell === undefined || cell === "" ? "-" : escapeControls(String(cell)));

const noLines = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
};

function layout(rows: string[][]): string {
  const table = new CliTable({ chars: noLines, style: { "padding-left": 0, "padding-right": 0, head: [], border: [] } });
  table.push(...rows);
  return table
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

/** Aligned columns under upper-case headings; for people, so pipes get `--json` instead. */
export const renderTable = (headings: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  layout([headings.map((heading) => heading.toUpperCase()), ...rows.map((row) => row.map(cellText))]);

/** `name  value` lines for one thing. */
export const renderFields = (fields: readonly (readonly [string, Cell])[]): string =>
  layout(fields.map(([name, value]) => [name, cellText(value)]));
