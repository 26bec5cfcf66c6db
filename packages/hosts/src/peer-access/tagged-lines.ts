/** Says in a file that ferry made it, so that it is removed when nothing of use is left in it. */
export const MADE_BY_FERRY = "# made by ferry; removed with its last line";

/** Whether the line's last word, its comment, is the mark. */
const carries = (line: string, mark: string): boolean => line.trimEnd().split(/\s+/).at(-1) === mark;

/**
 * Adds a line at the end of a text, instead of those that carry the same mark. `null` is a file that does not exist. Whether the last line
 * ends with a line break stays as it is, so that taking the line out again gives the very same bytes.
 */
export function withLine(text: string | null, line: string, mark: string): string {
  if (text === null) return `${MADE_BY_FERRY}\n${line}\n`;
  const lines = linesWithout(text, mark);
  const last = lines.at(-1) === "" ? -1 : lines.length;
  return lines.toSpliced(last, 0, line).join("\n");
}

/** The text without the lines that carry the mark; null when the file was ferry's own and nothing is left in it. */
export function withoutMark(text: string, mark: string): string | null {
  const left = linesWithout(text, mark).join("\n");
  return left.trim() === MADE_BY_FERRY ? null : left;
}

const linesWithout = (text: string, mark: string): string[] => text.split("\n").filter((line) => !carries(line, mark));
