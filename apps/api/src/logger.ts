import { type DestinationStream, type Logger, pino } from "pino";

/** Paths in log lines whose values are secrets. Bodies are never logged; these guard against a line that carries one by accident. */
export const redactedPaths = [
  'req.headers["x-auth-token"]',
  'req.headers["x-subject-token"]',
  "req.headers.authorization",
  "req.headers.cookie",
  'res.headers["x-subject-token"]',
  'headers["x-auth-token"]',
  'headers["x-subject-token"]',
  "*.password",
  "*.token",
  "*.secret",
  "password",
  "token",
  "secret",
] as const;

/** The API's log: one JSON line for each request and each answer, both with the request's id. */
export function openLogger(level: string, destination?: DestinationStream): Logger {
  const options = { name: "ferry-api", level, redact: { paths: [...redactedPaths], censor: "[redacted]" } };
  return destination === undefined ? pino(options) : pino(options, destination);
}
