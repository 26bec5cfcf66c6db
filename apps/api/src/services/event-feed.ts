import type { Store, StoredEvent } from "@ferry/store";
import type { News } from "../news.ts";

export type EventListener = (event: StoredEvent) => void;

/** Events read at once. */
const batch = 500;

/**
 * The kept events as they come, for everybody in this process who listens: one reader of the table, however many listeners. Events arrive in
 * order, each once. A notification is only a nudge; what is told is what the table holds.
 */
export class EventFeed {
  readonly #store: Store;
  readonly #listeners = new Set<EventListener>();
  readonly #onProblem: (error: unknown) => void;
  #position: number;
  #reading: Promise<void> | null = null;
  #again = false;
  #closed = false;

  private constructor(store: Store, position: number, onProblem: (error: unknown) => void) {
    this.#store = store;
    this.#position = position;
    this.#onProblem = onProblem;
  }

  /** Starts after the newest event. `onProblem` hears of reads that failed; the next notification reads again. */
  static async open(store: Store, news: News, onProblem: (error: unknown) => void): Promise<EventFeed> {
    const feed = new EventFeed(store, await store.events.lastId(), onProblem);
    news.on("event", () => feed.#nudge());
    news.on("resync", () => feed.#nudge());
    return feed;
  }

  /** Listens from now on; the result ends it. */
  listen(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reads no more. Resolves when a read that was under way has ended: a later one would open the record's connection again. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#reading;
  }

  #nudge(): void {
    if (this.#closed) return;
    this.#again = true;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
  }

  async #read(): Promise<void> {
    try {
      while (this.#again && !this.#closed) {
        this.#again = false;
        await this.#readAll();
      }
    } catch (error) {
      this.#onProblem(error);
    }
  }

  async #readAll(): Promise<void> {
    for (let events = await this.#next(); events.length > 0; events = await this.#next()) {
      for (const event of events) {
        this.#position = event.id;
        for (const listener of this.#listeners) listener(event);
      }
      if (events.length < batch || this.#closed) return;
    }
  }

  #next = (): Promise<StoredEvent[]> => this.#store.events.since(this.#position, {}, batch);
}
