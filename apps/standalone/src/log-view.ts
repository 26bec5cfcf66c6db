import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** A JSON line of a program's log, as pino writes it: `level` 30 info, 40 warn, 50 error, 60 fatal; `time` in milliseconds since 1970. */
interface Entry {
  readonly level: number;
  readonly time: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const isEntry = (value: unknown): value is Entry =>
  isRecord(value) && typeof value.level === "number" && typeof value.time === "number" && typeof value.msg === "string";

/** What could move the cursor or reorder what is read becomes a space: names in a log come from outside. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, " ");

const told = new Set(["level", "time", "pid", "hostname", "name", "msg", "reqId", "req", "res", "responseTime", "err"]);

const levelWord = (level: number): string => (level >= 50 ? " ERROR" : level >= 40 ? " warning" : "");

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function details(entry: Entry): string {
  const fields = Object.entries(entry).filter(([name]) => !told.has(name));
  const problem = isRecord(entry.err) && typeof entry.err.message === "string" ? [`: ${entry.err.message}`] : [];
  return [...problem, ...fields.map(([name, value]) => ` ${name}=${typeof value === "string" ? value : JSON.stringify(value)}`)].join("");
}

/** Requests whose answer has not been logged yet; the oldest are forgotten. */
const mostOpenRequests = 1000;

/**
 * Turns a program's log into lines for a person: `20:18:28 api  GET /v2.1/servers 200, 28 ms`. A request is told with its answer, in one line; null for a
 * line that is not told. What is no log entry stays as it is, but for characters that a terminal would obey. Times are local.
 */
export function makeLogView(): (line: string) => string | null {
  const open = new Map<string, string>();
  const requestText = (entry: Entry): string | null => {
    const { req, res, reqId, responseTime } = entry;
    if (typeof reqId !== "string") return entry.msg;
    if (isRecord(req)) {
      open.set(reqId, `${req.method} ${req.url}`);
      const [oldest] = open.keys();
      if (open.size > mostOpenRequests && oldest !== undefined) open.delete(oldest);
      return null;
    }
    const request = open.get(reqId);
    if (!isRecord(res) || request === undefined) return entry.msg;
    open.delete(reqId);
    return `${request} ${res.statusCode}, ${Math.round(Number(responseTime))} ms`;
  };
  return (line) => {
    const entry = parse(line);
    if (!isEntry(entry)) return printable(line);
    const text = requestText(entry);
    if (text === null) return null;
    const clock = new Date(entry.time).toTimeString().slice(0, "20:18:28".length);
    const program = String(entry.name ?? "").replace(/^ferry-/, "");
    return printable(`${clock} ${program}${levelWord(entry.level)}  ${text}${details(entry)}`);
  };
}

/** Writes a program's log to the terminal as it comes. */
export function showLog(log: Readable): void {
  const view = makeLogView();
  createInterface({ input: log }).on("line", (line) => {
    const shown = view(line);
    if (shown !== null) console.log(shown);
  });
}
