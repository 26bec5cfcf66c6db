/**
 * C0 and C1 controls, DEL, Unicode line and paragraph separators, and the bidirectional overrides: what could move the cursor, change colours or
 * reorder what is read. Names of servers and hosts come from outside, so every text that is printed passes through here.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is what this file is for
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

const codePoint = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** The text with each unsafe character written as `\u001b`. */
export const escapeControls = (text: string): string => text.replace(unsafe, codePoint);

/** A sentence that another program may have made, such as QEMU's: its line breaks become spaces, so that it stays one line that can be read. */
export const escapeSentence = (text: string): string => escapeControls(text.trim().replace(/\s*[\r\n]+\s*/g, " "));

/** JSON that is safe to show on a terminal: the same characters as `\u…`, which JSON itself allows. `indent` 0 gives one line. */
export const safeJson = (value: unknown, indent: number): string =>
  JSON.stringify(value, null, indent)
    .split("\n")
    .map((line) => line.replace(unsafe, codePoint))
    .join("\n");
