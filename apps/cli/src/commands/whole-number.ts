import { InvalidArgumentError } from "commander";

/** The value of an argument that counts something. */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^[0-9]{1,10}$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError("Must be a whole number.");
}
