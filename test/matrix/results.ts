import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ColumnKey, MoveKind } from "./kinds.ts";

/** Where the last run of the live matrix left what it saw. */
export const RESULTS_FILE = join(import.meta.dirname, "../../node_modules/.cache/ferry-matrix.json");

/** What one cell came to: moved, and how long that took from the request to the end, or the sentence of the check that refused. */
export type CellResult =
  | { readonly outcome: "moved"; readonly totalMs: number }
  | { readonly outcome: "refused"; readonly check: string; readonly sentence: string };

export type Results = Partial<Record<ColumnKey, Partial<Record<MoveKind, CellResult>>>>;

/** @throws Error ENOENT when the matrix never ran here. */
export async function readResults(): Promise<Results> {
  return JSON.parse(await readFile(RESULTS_FILE, "utf8")) as Results;
}

export async function writeResults(results: Results): Promise<void> {
  await mkdir(dirname(RESULTS_FILE), { recursive: true });
  await writeFile(RESULTS_FILE, `${JSON.stringify(results, null, 2)}\n`);
}
