/** One row, by the headings of its columns. */
export type TableRow = Readonly<Record<string, string>>;

/** Reads a table drawn with `+`, `-` and `|`. */
export function readTable(text: string): TableRow[] {
  const lines = text.split("\n").filter((line) => line.startsWith("|"));
  const [heading = [], ...rows] = lines.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return rows.map((cells) => Object.fromEntries(heading.map((name, index) => [name, cells[index] ?? ""])));
}
