import type { StoredEvent } from "@ferry/store";
import { type Caller, isAdmin, reaches } from "../caller.ts";

/** What a listener asked for; null: everything in reach. */
export interface StreamFilter {
  readonly serverId: string | null;
  readonly migrationId: string | null;
}

interface Told {
  readonly serverId: string | null;
  readonly migrationId: string | null;
  readonly projectId: string | null;
}

/** Whether the caller may hear of it and asked to. Events of no project are for administrators. */
export function concerns(told: Told, caller: Caller, filter: StreamFilter): boolean {
  const inReach = told.projectId === null ? isAdmin(caller) : reaches(caller, told.projectId);
  if (!inReach) return false;
  if (filter.serverId !== null && told.serverId !== filter.serverId) return false;
  return filter.migrationId === null || told.migrationId === filter.migrationId;
}

/**
 * Puts kept events of two origins into one order: what is replayed from the record, and what comes live meanwhile. Modes: `replaying`, live events wait;
 * `live`, they pass. Each id passes once, in order.
 */
export class EventOrder {
  #lastId: number;
  #waiting: StoredEvent[] | null = [];
  readonly #pass: (event: StoredEvent) => void;

  constructor(afterId: number, pass: (event: StoredEvent) => void) {
    this.#lastId = afterId;
    this.#pass = pass;
  }

  get lastId(): number {
    return this.#lastId;
  }

  /** An event as it comes. */
  live(event: StoredEvent): void {
    if (this.#waiting === null) this.#once(event);
    else this.#waiting.push(event);
  }

  /** An event out of the record. */
  replay(event: StoredEvent): void {
    this.#once(event);
  }

  /** The record has been read to its end: from here on live events pass at once. */
  goLive(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const event of waiting) this.#once(event);
  }

  #once(event: StoredEvent): void {
    if (event.id <= this.#lastId) return;
    this.#lastId = event.id;
    this.#pass(event);
  }
}
