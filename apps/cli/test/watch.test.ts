import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, test, vi } from "vitest";
import type { MigrationRecord } from "../src/api/migrations.ts";
import { CliError } from "../src/cli-error.ts";
import type { Progress } from "../src/progress/move-view.ts";
import { httpFetch } from "../src/session/http-fetch.ts";
import { readEvents, type ServerEvent } from "../src/watch/event-stream.ts";
import { type FollowOptions, followMove, lostContactMs, type MoveSource } from "../src/watch/follow.ts";
import { makeNudge } from "../src/watch/nudge.ts";
import { FakeApi } from "./support/fake-api.ts";
import { completed, migration, progress, step } from "./support/samples.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** An event stream whose chunks the test writes. */
function openStream(): { answer: Response; write: (text: string) => void; end: () => void } {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  return {
    answer: new Response(readable, { status: 200 }),
    write: (text) => void writer.write(new TextEncoder().encode(text)).catch(() => undefined),
    end: () => void writer.close().catch(() => undefined),
  };
}

const never = (signal: AbortSignal): Promise<Response> =>
  new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

function follow(source: Partial<MoveSource>, options: Partial<FollowOptions> = {}) {
  return followMove(
    { look: async () => completed(), openEvents: (_id, signal) => never(signal), progressOf: () => null, ...source },
    {
      onView: () => undefined,
      onContact: () => undefined,
      debug: () => undefined,
      signal: new AbortController().signal,
      now: Date.now,
      ...options,
    },
  );
}

test("a nudge given while nobody waits is kept, and only one is", async () => {
  const nudge = makeNudge();
  const { signal } = new AbortController();
  nudge.give();
  nudge.give();
  await nudge.wait(60_000, signal);
  vi.useFakeTimers();
  let woken = false;
  const waiting = nudge.wait(60_000, signal).then(() => {
    woken = true;
  });
  await vi.advanceTimersByTimeAsync(59_999);
  expect(woken).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await waiting;
});

test("waiting leaves no listener behind on the signal", async () => {
  const warnings: Error[] = [];
  const listen = (warning: Error): void => void warnings.push(warning);
  process.on("warning", listen);
  const nudge = makeNudge();
  const { signal } = new AbortController();
  for (let i = 0; i < 50; i += 1) await nudge.wait(0, signal);
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", listen);
  expect(warnings).toEqual([]);
});

test("events arrive whole, however the stream is cut into chunks", async () => {
  const text = 'event: migration.step\nid: 5\ndata: {"kind":\ndata: "é"}\n\n: heartbeat\n\nevent: x\ndata: not json\n\n';
  const bytes = new TextEncoder().encode(text);
  for (let cut = 1; cut < bytes.length; cut += 1) {
    const stop = new AbortController();
    const events: ServerEvent[] = [];
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes.slice(0, cut));
        controller.enqueue(bytes.slice(cut));
        controller.close();
      },
    });
    const onState = (connected: boolean): void => {
      if (!connected) stop.abort();
    };
    await readEvents({
      open: async () => new Response(body),
      onEvent: (event) => events.push(event),
      onState,
      debug: () => undefined,
      signal: stop.signal,
    });
    expect(events).toEqual([
      { event: "migration.step", data: { kind: "é" } },
      { event: "x", data: "not json" },
    ]);
  }
});

test("a stream that is silent for a minute counts as lost and is opened again", async () => {
  vi.useFakeTimers();
  const stop = new AbortController();
  const opened: (string | null)[] = [];
  const open = (lastEventId: string | null, signal: AbortSignal): Promise<Response> => {
    opened.push(lastEventId);
    return never(signal);
  };
  const reading = readEvents({ open, onEvent: () => undefined, onState: () => undefined, debug: () => undefined, signal: stop.signal });
  await vi.advanceTimersByTimeAsync(59_000);
  expect(opened).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2000);
  expect(opened).toHaveLength(2);
  stop.abort();
  await reading;
});

test("an endless event without an end does not fill the memory", async () => {
  const stop = new AbortController();
  const debug: string[] = [];
  const body = new ReadableStream({ pull: (controller) => controller.enqueue(new TextEncoder().encode("data: ".padEnd(65_536, "x"))) });
  const onState = (connected: boolean): void => {
    if (!connected) stop.abort();
  };
  await readEvents({
    open: async () => new Response(body),
    onEvent: () => undefined,
    onState,
    debug: (text) => debug.push(text),
    signal: stop.signal,
  });
  expect(debug).toHaveLength(1);
});

test("an abort ends an open stream even after the garbage collector ran", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const api = new FakeApi();
  await api.listen();
  api.on("GET /events", (_exchange, response) => {
    response.writeHead(200).write(": hello\n\n");
    return undefined;
  });
  const stop = new AbortController();
  const connected = Promise.withResolvers<void>();
  const reading = readEvents({
    open: (_id, signal) => httpFetch(null)(new Request(`${api.url}/events`), signal),
    onEvent: () => undefined,
    onState: () => connected.resolve(),
    debug: () => undefined,
    signal: stop.signal,
  });
  await connected.promise;
  for (let i = 0; i < 5; i += 1) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  stop.abort();
  await reading;
  await api.close();
});

test("progress is shown as it comes, without another look at the record", async () => {
  const stream = openStream();
  let looks = 0;
  let final = false;
  const shown: (Progress | null)[] = [];
  const following = follow(
    {
      look: async () => {
        looks += 1;
        return final ? completed() : migration({ steps: [step("watch-transfer", "migrate", "started")] });
      },
      openEvents: async () => stream.answer,
      progressOf: ({ event }) => (event === "migration.progress" ? progress() : null),
    },
    { onView: ({ migration: { progress: seen } }) => shown.push(seen) },
  );
  await vi.waitFor(() => expect(looks).toBeGreaterThanOrEqual(2));
  const before = looks;
  stream.write("event: migration.progress\ndata: {}\n\n");
  await vi.waitFor(() => expect(shown.at(-1)).toEqual(progress()));
  expect(looks).toBe(before);
  final = true;
  stream.write("event: migration.status\ndata: {}\n\n");
  const end = (await following)?.migration;
  expect(end?.status).toBe("completed");
  expect(end?.progress, "the progress of the record is older").toEqual(progress());
});

const unreachable = (): never => {
  throw new CliError("SERVER_UNREACHABLE", "Cannot reach ferry", { transient: true });
};

test("silence is borne: loss and return of contact are told once each", async () => {
  vi.useFakeTimers();
  const contacts: boolean[] = [];
  const answers: (() => MigrationRecord)[] = [() => migration(), unreachable, unreachable, () => migration(), () => completed()];
  const following = follow(
    { look: async () => (answers.shift() ?? unreachable)() },
    { onContact: (reachable) => contacts.push(reachable) },
  );
  await vi.advanceTimersByTimeAsync(10_000);
  expect((await following)?.migration.status).toBe("completed");
  expect(contacts).toEqual([false, true]);
});

test("silence for longer than is borne leaves the outcome unknown: 12", async () => {
  vi.useFakeTimers();
  const following = follow({ look: async () => unreachable() });
  const outcome = expect(following).rejects.toMatchObject({ code: "CONTACT_LOST", exitCode: 12 });
  await vi.advanceTimersByTimeAsync(lostContactMs + 5000);
  await outcome;
});

test("what the server itself answers is not borne but thrown", async () => {
  const look = async (): Promise<never> => {
    throw new CliError("itemNotFound", "gone");
  };
  await expect(follow({ look })).rejects.toMatchObject({ code: "itemNotFound" });
});

test("an abort ends the following with null", async () => {
  const stop = new AbortController();
  const following = follow({ look: async () => migration() }, { signal: stop.signal, onView: () => stop.abort() });
  expect(await following).toBeNull();
});
