import { fail } from "@ferry/core";
import type { Query } from "../request-check.ts";
import { readTime } from "../times.ts";

/** Nova's max_limit: the most items of one answer. */
export const maximumItems = 1000;

/** The text of a query key that may be given once. */
export function text(query: Query, key: string): string | undefined {
  const value = query[key];
  return typeof value === "string" ? value : undefined;
}

/** All texts of a query key that may be repeated; undefined when it was not given. */
export function texts(query: Query, key: string): readonly string[] | undefined {
  const value = query[key];
  return typeof value === "string" ? [value] : value;
}

/** `limit`, at most `maximumItems`; the contract has checked that it is a whole number. */
export const limitOf = (query: Query): number => Math.min(Number(text(query, "limit") ?? maximumItems), maximumItems);

/** Whether a page of that many items may have a next one. */
export const isFull = (items: number, limit: number): boolean => items > 0 && items === limit;

/** `changes-since` and `changes-before`. Throws VALIDATION_FAILED when the first is later than the second. */
export function changes(query: Query): { changedSince?: Date; changedBefore?: Date } {
  const since = time(query, "changes-since");
  const before = time(query, "changes-before");
  if (since !== undefined && before !== undefined && since > before) {
    throw fail("VALIDATION_FAILED", { sentence: "The value of changes-since must be less than or equal to changes-before." });
  }
  return { ...(since === undefined ? {} : { changedSince: since }), ...(before === undefined ? {} : { changedBefore: before }) };
}

function time(query: Query, key: string): Date | undefined {
  const given = text(query, key);
  return given === undefined ? undefined : (readTime(given) ?? undefined);
}

const truths = new Set(["", "1", "t", "true", "on", "y", "yes"]);
const falsehoods = new Set(["0", "f", "false", "off", "n", "no"]);

/** A boolean as Nova reads it in queries; an empty value means yes. Throws VALIDATION_FAILED for anything else. */
export function flag(query: Query, key: string): boolean | undefined {
  const given = text(query, key);
  if (given === undefined) return undefined;
  const word = given.toLowerCase();
  if (truths.has(word)) return true;
  if (falsehoods.has(word)) return false;
  throw fail("VALIDATION_FAILED", { sentence: `Invalid input for query parameters ${key}. Value: ${given}. Must be a boolean.` });
}
