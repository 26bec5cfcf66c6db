import { type MigrationId, type MigrationProgress, migrationId, type ServerId, serverId } from "@ferry/core";

/** What is told, by kind. All but `progress` and `resync` come from the database, at the commit of the change they tell of. */
export interface LiveMessages {
  /** Jobs wait to be handed to the queue. */
  readonly outbox: Record<string, never>;
  /** A new event is in the record. Ids come in order and without gaps. */
  readonly event: { readonly id: number };
  /** An inquiry has ended. */
  readonly inquiry: { readonly id: string };
  /** An abort of this migration was asked for. */
  readonly abort: { readonly migrationId: MigrationId };
  /** What may come in to this server has changed. */
  readonly firewall: { readonly serverId: ServerId };
  /** How far a running migration is. */
  readonly progress: { readonly migrationId: MigrationId; readonly progress: MigrationProgress };
  /** The connection was lost and is there again: anything may have been missed, look into the record. */
  readonly resync: Record<string, never>;
}

/** Kind of message -> PostgreSQL channel. */
export const channels = {
  outbox: "ferry_outbox",
  event: "ferry_events",
  inquiry: "ferry_inquiries",
  abort: "ferry_aborts",
  firewall: "ferry_firewalls",
  progress: "ferry_progress",
} as const;

/** PostgreSQL takes payloads shorter than 8000 bytes. */
export const payloadLimitBytes = 7999;

type Decoded = { [Kind in keyof LiveMessages]: { kind: Kind; message: LiveMessages[Kind] } }[keyof LiveMessages];

/** Null for a channel that is not ferry's or a payload that is not of its form. */
export function decode(channel: string, payload: string): Decoded | null {
  switch (channel) {
    case channels.outbox:
      return { kind: "outbox", message: {} };
    case channels.event:
      return { kind: "event", message: { id: Number(payload) } };
    case channels.inquiry:
      return { kind: "inquiry", message: { id: payload } };
    case channels.abort:
      return { kind: "abort", message: { migrationId: migrationId(payload) } };
    case channels.firewall:
      return { kind: "firewall", message: { serverId: serverId(payload) } };
    case channels.progress:
      return decodeProgress(payload);
    default:
      return null;
  }
}

function decodeProgress(payload: string): Decoded | null {
  const space = payload.indexOf(" ");
  if (space < 0) return null;
  const progress = parse(payload.slice(space + 1));
  return progress === null ? null : { kind: "progress", message: { migrationId: migrationId(payload.slice(0, space)), progress } };
}

function parse(text: string): MigrationProgress | null {
  try {
    return JSON.parse(text) as MigrationProgress;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The id, a space, the progress as JSON. Single disks are left out when a guest has so many that they do not fit; the sums stay. */
export function encode(id: MigrationId, progress: MigrationProgress): string {
  const whole = `${id} ${JSON.stringify(progress)}`;
  return fits(whole) ? whole : `${id} ${JSON.stringify({ ...progress, disks: [] })}`;
}

export const fits = (payload: string): boolean => Buffer.byteLength(payload) <= payloadLimitBytes;
