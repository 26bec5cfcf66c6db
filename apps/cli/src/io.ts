import type { Readable } from "node:stream";

/** Where text goes. The properties are those of a terminal; a pipe or a file has none, and a terminal that does not know its size says 0. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** The three streams of the process, replaceable in tests. */
export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
}

const defaultColumns = 80;
const defaultRows = 24;

export const isTerminal = (output: Output): boolean => output.isTTY === true;
export const columnsOf = (output: Output): number => output.columns || defaultColumns;
export const rowsOf = (output: Output): number => output.rows || defaultRows;
export const writeLine = (output: Output, line: string): void => void output.write(`${line}\n`);
