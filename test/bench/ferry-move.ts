import { EventSourceParserStream } from "eventsource-parser/stream";
import { BeatWatch } from "../lab/index.ts";
import type { MigrateOptions } from "../stack/api-client.ts";
import type { BenchWorld, HostName } from "./bench-world.ts";

/** What a move by ferry took, in ms, counted from the start of the POST. */
export interface FerryMove {
  readonly to: HostName;
  /** The answer 202. */
  readonly answerMs: number;
  /** The event that the server is ACTIVE on its new host. */
  readonly activeMs: number;
  /** The event that the migration is completed: source undefined, its disk deleted. */
  readonly totalMs: number;
  /** As the destination's libvirt reports it. */
  readonly downtimeMs: number;
  /** When a peer heard the guest again, at the destination. */
  readonly heardAgainMs: number;
  /** Longest silence on the network. */
  readonly gapMs: number;
  readonly steps: readonly StepTime[];
  /** What libvirt says it sent of the memory; null when it does not say. */
  readonly memoryBytes: number | null;
}

/** When a step began and ended. */
export interface StepTime {
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
}

interface Heard {
  readonly atMs: number;
  readonly kind: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const ENDED = ["completed", "failed", "cancelled", "error"];
const MOVE_WITHIN_MS = 300_000;

/** Asks through the API and listens to the event stream: nothing is polled while the move runs. */
export async function moveByFerry(
  world: BenchWorld,
  to: HostName,
  transport: "auto" | "p2p" | "direct",
  asked: Pick<MigrateOptions, "blockMigration"> = {},
): Promise<FerryMove> {
  const { api } = world.stack;
  const hangUp = new AbortController();
  const stream = await api.events({ server: world.serverId }, AbortSignal.any([hangUp.signal, AbortSignal.timeout(MOVE_WITHIN_MS)]));
  const beats = await BeatWatch.start(world.guestAddress);
  const startedAt = performance.now();
  const heard = listen(stream, startedAt);
  const path = await api.migrate(world.serverId, to, { ...asked, ...(transport === "auto" ? {} : { transport }) });
  const answerMs = performance.now() - startedAt;
  const events = await heard;
  const { maxGapMs, maxGapEndedAt } = beats.stop();
  hangUp.abort();
  const migration = await api.migration(path);
  if (migration.status !== "completed") throw new Error(`The move by ferry ended as ${migration.status}: ${migration.problem?.sentence}`);
  return {
    to,
    answerMs,
    activeMs: timeOf(events, ({ kind }) => kind === "server.moved"),
    totalMs: timeOf(events, isEnd),
    downtimeMs: migration.summary?.downtime_ms ?? Number.NaN,
    heardAgainMs: maxGapEndedAt - startedAt,
    gapMs: maxGapMs,
    steps: stepTimes(events),
    memoryBytes: migration.summary?.memory_bytes ?? null,
  };
}

/** Collects events until the migration has ended. */
async function listen(stream: ReadableStream<Uint8Array>, startedAt: number): Promise<Heard[]> {
  const events: Heard[] = [];
  const messages = stream.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  for await (const { event = "message", data } of messages) {
    const heard = { atMs: performance.now() - startedAt, kind: event, data: (JSON.parse(data) as { data: Heard["data"] }).data };
    events.push(heard);
    if (isEnd(heard)) return events;
  }
  throw new Error("The event stream ended before the migration did.");
}

const isEnd = ({ kind, data }: Heard): boolean => kind === "migration.status" && ENDED.includes(String(data["status"]));

function timeOf(events: readonly Heard[], wanted: (event: Heard) => boolean): number {
  const found = events.find(wanted);
  if (!found) throw new Error("An event of a completed migration did not come.");
  return found.atMs;
}

function stepTimes(events: readonly Heard[]): StepTime[] {
  const steps = events.filter(({ kind }) => kind === "migration.step");
  return steps.flatMap(({ atMs, data }) => {
    if (data["state"] !== "started") return [];
    const end = steps.find((other) => other.data["name"] === data["name"] && other.data["state"] === "done");
    return [{ name: String(data["name"]), startMs: atMs, endMs: end?.atMs ?? Number.NaN }];
  });
}
