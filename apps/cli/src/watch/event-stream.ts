import { MINUTE, SECOND } from "@ferry/core";
import { EventSourceParserStream } from "eventsource-parser/stream";
import { makeNudge } from "./nudge.ts";

/** One message of the server's event stream, its data parsed. */
export interface ServerEvent {
  readonly event: string;
  readonly data: unknown;
}

export interface EventStreamOptions {
  /** Opens the stream; `lastEventId` is null at the first time. Rejects when the server cannot be reached. */
  readonly open: (lastEventId: string | null, signal: AbortSignal) => Promise<Response>;
  readonly onEvent: (event: ServerEvent) => void;
  /** True when the stream has been opened, false when it is lost. */
  readonly onState: (connected: boolean) => void;
  readonly debug: (text: string) => void;
  readonly signal: AbortSignal;
}

const firstRetryMs = 250;
const lastRetryMs = 5 * SECOND;
/** The server sends a heartbeat more often than this; silence means that the connection is dead. */
const silenceMs = MINUTE;
/** Characters of one event that are kept while it is incomplete. */
const maxEventCharacters = 1 << 20;

function parseData(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Aborts after `silenceMs` without `touch`. */
function silenceGuard(): { signal: AbortSignal; touch: () => void; stop: () => void } {
  const guard = new AbortController();
  const timer = setTimeout(() => guard.abort(new Error(`no heartbeat for ${silenceMs} ms`)), silenceMs);
  return { signal: guard.signal, touch: () => timer.refresh(), stop: () => clearTimeout(timer) };
}

/** Passes everything on, and tells that something came: heartbeats too. */
const touching = (touch: () => void): TransformStream<string, string> =>
  new TransformStream({
    transform(chunk, out) {
      touch();
      out.enqueue(chunk);
    },
  });

interface Position {
  lastEventId: string | null;
  retryMs: number;
}

/** Reads one connection to its end. */
async function readOnce(options: EventStreamOptions, position: Position): Promise<void> {
  const guard = silenceGuard();
  const signal = AbortSignal.any([options.signal, guard.signal]);
  try {
    const answer = await options.open(position.lastEventId, signal);
    if (answer.status !== 200 || answer.body === null) {
      await answer.body?.cancel();
      throw new Error(`the event stream answered ${answer.status}`);
    }
    options.onState(true);
    const text = answer.body.pipeThrough(new TextDecoderStream(), { signal }).pipeThrough(touching(guard.touch));
    const events = text.pipeThrough(new EventSourceParserStream({ maxBufferSize: maxEventCharacters }));
    for await (const { event, data, id } of events) {
      if (id !== undefined) position.lastEventId = id;
      position.retryMs = firstRetryMs;
      options.onEvent({ event: event ?? "message", data: parseData(data) });
    }
  } finally {
    guard.stop();
    options.onState(false);
  }
}

/**
 * Reads the event stream until `signal` is aborted; after each loss connects again, later each time, with the id of the last event so that
 * nothing durable is missed. Never rejects: who follows a move polls as well.
 */
export async function readEvents(options: EventStreamOptions): Promise<void> {
  const position: Position = { lastEventId: null, retryMs: firstRetryMs };
  while (!options.signal.aborted) {
    await readOnce(options, position).catch((error: unknown) => options.debug(`event stream: ${String(error)}`));
    if (options.signal.aborted) return;
    await makeNudge().wait(position.retryMs, options.signal);
    position.retryMs = Math.min(position.retryMs * 2, lastRetryMs);
  }
}
