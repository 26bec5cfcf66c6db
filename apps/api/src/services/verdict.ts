import { FerryError, isFerryError, type MigrationStatus, SECOND } from "@ferry/core";
import type { Store } from "@ferry/store";
import type { EventFeed } from "./event-feed.ts";

/** How long an answer below 2.34 waits for the checks. The migration goes on when they have not spoken by then. */
export const verdictTimeoutMs = 60 * SECOND;

/** Statuses before the checks have spoken. */
const undecided: readonly MigrationStatus[] = ["accepted", "queued"];
const refused: readonly MigrationStatus[] = ["error", "failed", "cancelled"];

/** The part of the record that tells how far a migration is. */
export interface States {
  readonly migrationLists: Pick<Store["migrationLists"], "state">;
}

/**
 * Waits until the checks of the migration have passed or refused it, at most `timeoutMs`. Throws what Nova answers to a refusal: 409 for a state that
 * has changed meanwhile, 400 with the check's sentence for everything else.
 */
export async function awaitVerdict(
  store: States,
  feed: Pick<EventFeed, "listen">,
  migrationId: string,
  timeoutMs = verdictTimeoutMs,
): Promise<void> {
  const news = new Nudge(timeoutMs);
  const stop = feed.listen((event) => {
    if (event.migrationId === migrationId && event.kind === "migration.status") news.ring();
  });
  try {
    for (let state = await store.migrationLists.state(migrationId); state !== null; state = await store.migrationLists.state(migrationId)) {
      if (refused.includes(state.status)) throw refusalOf(state);
      if (!undecided.includes(state.status) || !(await news.next())) return;
    }
  } finally {
    stop();
    news.close();
  }
}

/** How long an answer from 2.34 on, which need not wait, looks out for a refusal: the most that a check of hosts that answer takes. */
export const promptTimeoutMs = 2 * SECOND;

/** The sentence with which the checks refuse the migration within `timeoutMs`; null when they have passed it or not spoken by then. */
export async function promptRefusal(
  store: States,
  feed: Pick<EventFeed, "listen">,
  migrationId: string,
  timeoutMs = promptTimeoutMs,
): Promise<string | null> {
  try {
    await awaitVerdict(store, feed, migrationId, timeoutMs);
    return null;
  } catch (error) {
    if (isFerryError(error)) return error.message;
    throw error;
  }
}

function refusalOf({ problem, problemCode }: { problem: string | null; problemCode: string | null }): FerryError {
  const sentence = problem ?? "Migration pre-check error: the checks refused the migration.";
  if (problemCode === "SERVER_WRONG_STATE" || problemCode === "NO_VALID_HOST") return new FerryError(problemCode, sentence);
  return new FerryError("CHECKS_REFUSED", sentence);
}

/** A bell that is heard also when it rang before somebody listened; silent for good after `timeoutMs`. */
class Nudge {
  #rung = false;
  #over = false;
  #wake: (() => void) | null = null;
  readonly #timer: NodeJS.Timeout;

  constructor(timeoutMs: number) {
    this.#timer = setTimeout(() => this.close(), timeoutMs);
  }

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** True when it rang, false when the time is over. */
  async next(): Promise<boolean> {
    if (!this.#rung && !this.#over) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const rung = this.#rung;
    this.#rung = false;
    return rung;
  }

  close(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#wake?.();
  }
}
