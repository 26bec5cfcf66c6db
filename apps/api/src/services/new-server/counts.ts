import { fail } from "@ferry/core";
import type { NewServerBody } from "./body.ts";

/** The most servers of one request. */
export const mostAtOnce = 250;

/** Pure: how many servers a request is for: Nova makes `max_count`, which is `min_count` where it is not given. Throws VALIDATION_FAILED. */
export function countOf({ min_count, max_count }: Pick<NewServerBody, "min_count" | "max_count">): number {
  const least = Number(min_count ?? 1);
  const most = Number(max_count ?? Math.max(least, 1));
  for (const [name, value] of Object.entries({ min_count: least, max_count: most }))
    if (value < 1)
      throw fail("VALIDATION_FAILED", {
        sentence: `Invalid input for field/attribute ${name}. Value: ${value}. ${value} is less than the minimum of 1`,
      });
  if (least > most) throw fail("VALIDATION_FAILED", { sentence: "min_count must be <= max_count" });
  if (most > mostAtOnce)
    throw fail("VALIDATION_FAILED", {
      sentence: `Invalid input for field/attribute max_count. Value: ${most}. At most ${mostAtOnce} servers are made by one request.`,
    });
  return most;
}

/** Pure: the names of several servers of one request end in their numbers. */
export const numbered = (text: string, index: number, count: number): string => (count === 1 ? text : `${text}-${index + 1}`);
