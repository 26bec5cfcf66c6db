import { fail } from "@ferry/core";

/** Nova's longest tag, in characters. */
const longestTag = 60;

/** A tag of the path as it may be added. Throws VALIDATION_FAILED. */
export function checkedTag(tag: string): string {
  if (tag.length > longestTag)
    throw fail("VALIDATION_FAILED", { sentence: `Tag '${tag}' is too long. Maximum length of a tag is ${longestTag}` });
  if (tag.includes(",") || tag.includes("/"))
    throw fail("VALIDATION_FAILED", { sentence: `Tag '${tag}' is invalid. It must be a non empty string without characters '/' and ','.` });
  return tag;
}
