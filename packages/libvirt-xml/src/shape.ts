/**
 * The allow-list of a document: which attributes and child elements an element may have. One table serves both the copy (which re-creates
 * only what is listed) and the report of what is not listed.
 */
export interface Shape {
  readonly attributes: ReadonlySet<string>;
  readonly children: Readonly<Record<string, Shape>>;
  /** Whether the element carries text of its own. */
  readonly text: boolean;
  /** Content of others (`<metadata>`): every element in a foreign namespace is copied as it is. */
  readonly foreign: boolean;
}

export type Children = Readonly<Record<string, Shape>>;

const words = (text: string): ReadonlySet<string> => new Set(text.split(" ").filter(Boolean));
const base = { text: false, foreign: false };

/** An element with these attributes (separated by blanks) and these children. */
export const shape = (attributes = "", children: Children = {}): Shape => ({ ...base, attributes: words(attributes), children });

/** An element that holds text. */
export const textShape = (attributes = ""): Shape => ({ ...shape(attributes), text: true });

/** An element whose content belongs to others. */
export const foreignShape: Shape = { ...shape(), foreign: true };

/** Empty elements of these names, all without attributes unless given: `<acpi/>`, `<pae/>`. */
export function sameShapes(names: string, one: Shape = shape()): Children {
  return Object.fromEntries([...words(names)].map((name) => [name, one]));
}
