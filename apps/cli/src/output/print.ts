import type { Context } from "../context.ts";
import { writeLine } from "../io.ts";
import { safeJson } from "./escape.ts";

/** Prints a result: the value as JSON when asked for, else the text made for people. */
export function print(context: Context, json: boolean, value: unknown, text: () => string): void {
  writeLine(context.io.stdout, json ? safeJson(value, 2) : text());
}
