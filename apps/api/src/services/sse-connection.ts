import type { ServerResponse } from "node:http";
import { SECOND } from "@ferry/core";
import { createEventBuffer } from "better-sse";
import type { StreamEventView } from "../views/stream-event.ts";

/** Comment lines this often tell both sides that the other is there. */
const heartbeatMs = 15 * SECOND;
/** What a slow listener may leave unread before it is cut; it comes back with the id of the last event. */
const unreadLimitBytes = 1 << 20;
/** Time that clients are told to wait before they connect again. */
const retryMs = 1000;

export interface SseConnection {
  readonly isOpen: () => boolean;
  /** Sends at once. A listener that does not read is cut. */
  readonly push: (view: StreamEventView) => void;
}

/**
 * Makes an event stream of a response of which nothing was sent yet. `onEnd` is called once, when it is over for whatever reason; `onCut` before that
 * when the listener was too slow.
 */
export function openSse(
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
  on: { end: () => void; cut: (unreadBytes: number) => void },
): SseConnection {
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no", ...headers });
  response.write(createEventBuffer().retry(retryMs).dispatch().read());
  const heartbeat = setInterval(() => write(createEventBuffer().comment().dispatch().read()), heartbeatMs);
  response.once("close", () => {
    clearInterval(heartbeat);
    on.end();
  });
  const isOpen = (): boolean => !response.destroyed && !response.writableEnded;
  const write = (text: string): void => {
    if (!isOpen()) return;
    response.write(text);
    if (response.writableLength <= unreadLimitBytes) return;
    on.cut(response.writableLength);
    response.destroy();
  };
  return { isOpen, push: (view) => write(format(view)) };
}

/** Live progress has no id: a client that comes back must ask from the last kept event on. */
function format(view: StreamEventView): string {
  const buffer = createEventBuffer().event(view.kind);
  if (view.id !== undefined) buffer.id(view.id);
  return buffer.data(view).dispatch().read();
}
