import { InvalidArgumentError } from "commander";

/** Node's timers hold at most 2^31 - 1 milliseconds. */
const maxSeconds = 2_147_483;

/** Parses a whole number of seconds, at least 1; commander turns the error into a usage error. */
export function seconds(text: string): number {
  const value = Number(text);
  if (/^[0-9]+$/.test(text) && value >= 1 && value <= maxSeconds) return value;
  throw new InvalidArgumentError(`Must be a whole number of seconds from 1 to ${maxSeconds}.`);
}
