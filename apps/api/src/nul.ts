import { fail } from "@ferry/core";

/** Whether a NUL character is anywhere in the value's texts, keys included. PostgreSQL stores none, so nothing that has one can be meant. */
export function hasNul(value: unknown): boolean {
  if (typeof value === "string") return value.includes("\0");
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, item]) => key.includes("\0") || hasNul(item));
}

/** Throws VALIDATION_FAILED when a text of the query or the body has a NUL character, RESOURCE_NOT_FOUND when the path has one. */
export function refuseNul(request: { params: unknown; query: unknown; body: unknown }): void {
  if (hasNul(request.params)) throw fail("RESOURCE_NOT_FOUND");
  if (!hasNul(request.query) && !hasNul(request.body)) return;
  throw fail("VALIDATION_FAILED", { sentence: "Invalid input: a text contains the character NUL." });
}
