import { isAtRest, SECOND } from "@ferry/core";
import type { MigrationRecord } from "../api/migrations.ts";
import { CliError } from "../cli-error.ts";
import { exitCodes } from "../exit-codes.ts";
import { type MoveView, type Progress, viewAt } from "../progress/move-view.ts";
import { readEvents, type ServerEvent } from "./event-stream.ts";
import { makeNudge } from "./nudge.ts";

/** Where a move can be looked at. */
export interface MoveSource {
  /** The record as it is now. */
  look(): Promise<MigrationRecord>;
  /** Opens the event stream of this migration. */
  openEvents(lastEventId: string | null, signal: AbortSignal): Promise<Response>;
  /** The progress that this event carries, or null for any other event. */
  progressOf(event: ServerEvent): Progress | null;
}

export interface FollowOptions {
  readonly onView: (view: MoveView) => void;
  /** Told once per loss and once per return of contact. */
  readonly onContact: (reachable: boolean) => void;
  readonly debug: (text: string) => void;
  readonly signal: AbortSignal;
  readonly now: () => number;
}

/** With a live event stream the record is only looked at again now and then, in case an event was lost. */
const pollWithEventsMs = 5 * SECOND;
const pollWithoutEventsMs = SECOND;
/** Without any answer for so long, the outcome is called unknown. */
export const lostContactMs = 90 * SECOND;

const lost = (cause: unknown): CliError =>
  new CliError(
    "CONTACT_LOST",
    `Ferry has not answered for ${lostContactMs / SECOND} s: the outcome of the move is not known here. The move itself goes on without this command.`,
    {
      exitCode: exitCodes.unknown,
      remedy: 'When ferry answers again, look with "ferry migration show" or "ferry server-migration-list".',
      cause,
    },
  );

/** Looks at the record, and bears silence for `lostContactMs`. What would not pass by itself is thrown at once. */
function patientLook(source: MoveSource, options: FollowOptions): () => Promise<MigrationRecord | null> {
  let silentSince: number | null = null;
  return async () => {
    try {
      const record = await source.look();
      if (silentSince !== null) options.onContact(true);
      silentSince = null;
      return record;
    } catch (error) {
      if (!(error instanceof CliError && error.transient)) throw error;
      if (silentSince === null) options.onContact(false);
      silentSince ??= options.now();
      if (options.now() - silentSince >= lostContactMs) throw lost(error);
      return null;
    }
  };
}

/** Whether the record shows that step; if not, the progress is ahead of it. */
const hasStep = (record: MigrationRecord | null, name: string): boolean => record?.steps.some((step) => step.name === name) ?? false;

/**
 * Follows a move to its end. Events are hints: each one but progress causes a look at the record, which is the truth; progress is shown as it
 * comes.
 * Resolves with the final view, or null when `signal` was aborted first. Throws CONTACT_LOST, and what the server answers.
 */
export async function followMove(source: MoveSource, options: FollowOptions): Promise<MoveView | null> {
  const { onView, signal, debug } = options;
  const nudge = makeNudge();
  const stop = new AbortController();
  const look = patientLook(source, options);
  let latest: MigrationRecord | null = null;
  // Newer than the progress in the record, which is saved every few seconds only; nothing while the stream is away.
  let live: Progress | null = null;
  let streaming = false;
  const show = (record: MigrationRecord): MoveView => {
    latest = record;
    const view = viewAt({ ...record, progress: live ?? record.progress }, options.now());
    onView(view);
    return view;
  };
  const reading = readEvents({
    open: source.openEvents,
    debug,
    signal: AbortSignal.any([signal, stop.signal]),
    onState(connected) {
      streaming = connected;
      live = null;
      nudge.give();
    },
    onEvent(event) {
      const progress = source.progressOf(event);
      if (progress === null || !hasStep(latest, progress.step)) nudge.give();
      live = progress ?? live;
      if (progress !== null && latest !== null) show(latest);
    },
  });
  try {
    while (!signal.aborted) {
      const record = await look();
      const view = record === null ? null : show(record);
      if (view !== null && isAtRest(view.migration.status)) return view;
      await nudge.wait(streaming ? pollWithEventsMs : pollWithoutEventsMs, signal);
    }
    return null;
  } finally {
    stop.abort();
    await reading;
  }
}
