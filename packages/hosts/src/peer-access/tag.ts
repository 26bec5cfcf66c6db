/** The mark that lines and files made for one migration carry: `ferry-` and the tag. Throws RangeError for a tag that could break a line or a path. */
export function markOf(tag: string): string {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(tag))
    throw new RangeError(`Cannot use the tag ${JSON.stringify(tag)}: it must be letters, digits and dashes.`);
  return `ferry-${tag}`;
}
