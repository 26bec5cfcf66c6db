import { fail } from "@ferry/core";

/** Nothing that the contract takes is nested this deep; what is would exhaust whoever walks it. */
const deepest = 32;

/**
 * Why the record could not keep the value, keys included; null when it can. PostgreSQL stores neither the character NUL nor half of a surrogate pair.
 * Walks without recursion: the depth of a body is its sender's choice.
 */
export function whyUnstorable(value: unknown): string | null {
  const left: [value: unknown, depth: number][] = [[value, 0]];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [one, depth] = next;
    if (depth > deepest) return `the body is nested more than ${deepest} levels deep.`;
    if (typeof one === "string") {
      const flaw = flawOfText(one);
      if (flaw !== null) return flaw;
    } else if (typeof one === "object" && one !== null) {
      for (const [key, item] of Object.entries(one)) left.push([key, depth], [item, depth + 1]);
    }
  }
  return null;
}

function flawOfText(text: string): string | null {
  if (text.includes("\0")) return "a text contains the character NUL.";
  return text.isWellFormed() ? null : "a text contains half of a surrogate pair.";
}

/** Throws VALIDATION_FAILED for a query or a body, RESOURCE_NOT_FOUND for a path, that holds what the record could not keep. */
export function refuseUnstorable(request: { params: unknown; query: unknown; body: unknown }): void {
  if (whyUnstorable(request.params) !== null) throw fail("RESOURCE_NOT_FOUND");
  const why = whyUnstorable(request.query) ?? whyUnstorable(request.body);
  if (why !== null) throw fail("VALIDATION_FAILED", { sentence: `Invalid input: ${why}` });
}
