import type { Readable } from "node:stream";

/** Where text goes. The two properties are those of a terminal; a pipe or a file has neither. */
export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The three streams of the process, replaceable in tests. */
export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
}

const defaultColumns = 80;

export const isTerminal = (output: Output): boolean => output.isTTY === true;
export const columnsOf = (output: Output): number => output.columns ?? defaultColumns;
export const writeLine = (output: Output, line: string): void => void output.write(`${line}\n`);
