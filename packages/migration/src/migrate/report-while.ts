import type { MigrationProgress } from "@ferry/core";
import { emptyHistory, withHistory } from "../policy/progress-history.ts";
import type { MigrationPorts } from "../ports.ts";

/** Where progress is read. */
export interface Readings {
  /** How far the work is; null when that is not known now. */
  readonly read: () => Promise<MigrationProgress | null>;
  /** Memory that counts as still to come as long as a reading has none. */
  readonly memoryBytes: number;
}

/**
 * Reports progress while `work` runs: to listeners at every reading, to the record every few seconds. A reading or a save that fails is left
 * out and made up for by the next: the transfer itself tells what went wrong, and progress never decides its outcome. The end of `work` is not
 * held up by a reading under way, because a source that just handed over may take seconds to answer.
 */
export async function reportWhile<T>(ports: MigrationPorts, readings: Readings, work: () => Promise<T>): Promise<T> {
  const over = new AbortController();
  const watching = Promise.allSettled([report(ports, readings, over.signal)]);
  try {
    return await work();
  } finally {
    over.abort();
    await watching;
  }
}

async function report(ports: MigrationPorts, { read, memoryBytes }: Readings, over: AbortSignal): Promise<void> {
  const { clock, settings, events, store, migrationId } = ports;
  let savedAt = clock.now();
  let history = emptyHistory;
  while (await stillGoing(clock.sleep(settings.statisticsEveryMs, over))) {
    const reading = await unlessOver(read(), over);
    if (!reading) continue;
    const { progress, history: next } = withHistory(reading, history, { atMs: clock.now(), memoryBytes });
    history = next;
    events.progress(migrationId, progress);
    if (clock.now() - savedAt < settings.saveProgressEveryMs) continue;
    const [saved] = await Promise.allSettled([store.saveProgress(progress)]);
    if (saved.status === "fulfilled") savedAt = clock.now();
  }
}

const stillGoing = (pause: Promise<void>): Promise<boolean> =>
  pause.then(
    () => true,
    () => false,
  );

/** The value, or null when it fails or when `over` comes first. */
function unlessOver<T>(value: Promise<T>, over: AbortSignal): Promise<T | null> {
  const { promise, resolve } = Promise.withResolvers<T | null>();
  over.addEventListener("abort", () => resolve(null), { once: true });
  value.then(resolve, () => resolve(null));
  return over.aborted ? Promise.resolve(null) : promise;
}
