import { EventEmitter } from "node:events";
import type { EventSink, MigrationId, MigrationProgress } from "@ferry/core";
import { channels, decode, encode, type LiveMessages } from "./messages.ts";
import { Subscription } from "./subscription.ts";

export interface LiveEventsOptions {
  readonly connectionString: string;
  /** Told when the connection is lost; it is made again by itself. */
  readonly onError?: (error: Error) => void;
}

/**
 * News over PostgreSQL's LISTEN and NOTIFY: at most once, to whoever listens now, within about a millisecond. What must not be missed is in the record; who
 * acts on news looks there first, and again at each `resync`.
 */
export interface LiveEvents extends EventSink {
  /** Calls the listener for each message until the returned function is called. */
  on<Kind extends keyof LiveMessages>(kind: Kind, listener: (message: LiveMessages[Kind]) => void): () => void;
  close(): Promise<void>;
}

/** Resolves when it listens; rejects when the database cannot be reached at first. */
export async function openLiveEvents({ connectionString, onError = () => undefined }: LiveEventsOptions): Promise<LiveEvents> {
  const emitter = new EventEmitter<{ [Kind in keyof LiveMessages]: [LiveMessages[Kind]] }>().setMaxListeners(0);
  const subscription = new Subscription(connectionString, Object.values(channels), {
    message: (channel, payload) => {
      const decoded = decode(channel, payload);
      if (decoded !== null) emitter.emit(decoded.kind, decoded.message as never);
    },
    resynced: () => emitter.emit("resync", {}),
    error: onError,
  });
  await subscription.open();
  return {
    on(kind, listener) {
      const typed = listener as (message: never) => void;
      emitter.on(kind, typed as never);
      return () => emitter.off(kind, typed as never);
    },
    progress(migrationId: MigrationId, progress: MigrationProgress): void {
      subscription.notify(channels.progress, encode(migrationId, progress));
    },
    close: () => subscription.close(),
  };
}
