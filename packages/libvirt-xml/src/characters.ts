import { XmlError } from "./xml-error.ts";

/** Characters that XML 1.0 allows (production 2, `Char`). */
const allowed = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u;
const control = /\p{Cc}/u;

/** Refuses text that no XML document can carry. `where` is a path for the sentence. */
export function requireXmlText(text: string, where: string): string {
  if (!allowed.test(text))
    throw new XmlError(`Cannot use the text of ${where}: it contains a control character, must be plain text. Remove the character.`);
  return text;
}

/** Refuses a name or path that is empty or contains a control character, tab and line break included. */
export function requireName(name: string, what: string): string {
  if (name === "") throw new XmlError(`Cannot use an empty ${what}: give it at least one character.`);
  if (control.test(name) || !allowed.test(name))
    throw new XmlError(`Cannot use ${what} ${JSON.stringify(name)}: it contains a control character. Rename it without.`);
  return name;
}
