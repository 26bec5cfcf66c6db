import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { migrationId } from "@ferry/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ids, type UserName } from "./support/ids.ts";
import { progress } from "./support/seed.ts";
import { openWorld, type World } from "./support/world.ts";

interface Message {
  readonly id?: string;
  readonly event: string;
  readonly data: { kind: string; host_id: string | null; data: Record<string, unknown> };
}

/** An event stream over a real connection; `next` waits for one message more. */
interface Listener {
  readonly response: IncomingMessage;
  next(): Promise<Message>;
  close(): void;
}

let world: World;
let port: number;
beforeEach(async () => {
  world = await openWorld({ worker: false });
  await world.app.listen({ host: "127.0.0.1", port: 0 });
  port = (world.app.server.address() as AddressInfo).port;
  await world.sql.query("UPDATE tokens SET expires_at = now() + interval '1 hour'");
});
afterEach(() => world.close());

async function open(as: UserName, query = "", headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const asked = request({
    port,
    host: "127.0.0.1",
    path: `/ferry/v1/events${query}`,
    headers: { "x-auth-token": world.tokens[as], ...headers },
  });
  asked.end();
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  return response.setEncoding("utf8");
}

async function listen(as: UserName, query = "", headers: Record<string, string> = {}): Promise<Listener> {
  const response = await open(as, query, headers);
  expect(response.statusCode).toBe(200);
  const messages = read(response);
  return {
    response,
    next: async () => {
      const { value } = await messages.next();
      if (value === undefined) throw new Error("the stream has ended");
      return value;
    },
    close: () => response.destroy(),
  };
}

async function* read(response: IncomingMessage): AsyncGenerator<Message> {
  let text = "";
  for await (const chunk of response) {
    text += chunk as string;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const message = parse(text.slice(0, end));
      text = text.slice(end + 2);
      if (message !== null) yield message;
    }
  }
}

function parse(block: string): Message | null {
  const fields = new Map(block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)] as const));
  const [event, data, id] = [fields.get("event"), fields.get("data"), fields.get("id")];
  if (event === undefined || data === undefined) return null;
  return { event, data: JSON.parse(data) as Message["data"], ...(id === undefined ? {} : { id }) };
}

const rename = (name: string): Promise<void> => world.store.hostNames.rename(ids.spare as never, name);

describe("GET /ferry/v1/events", () => {
  it("tells what happens from now on, each with its id", async () => {
    const listener = await listen("admin");
    expect(listener.response.headers["content-type"]).toBe("text/event-stream");
    expect(listener.response.headers["x-openstack-request-id"]).toMatch(/^req-/);
    await rename("spare-1");
    expect(await listener.next()).toMatchObject({ id: "4", event: "host.changed", data: { id: "4", data: { name: "spare-1" } } });
    await rename("spare-2");
    expect(await listener.next()).toMatchObject({ id: "5", data: { data: { name: "spare-2" } } });
    listener.close();
  });

  it("replays what was kept since Last-Event-ID, then goes on live, nothing twice", async () => {
    const listener = await listen("admin", "", { "last-event-id": "1" });
    await rename("spare-1");
    const seen = [await listener.next(), await listener.next(), await listener.next()];
    expect(seen.map((message) => message.id)).toEqual(["2", "3", "4"]);
    listener.close();
  });

  it("sends live progress without an id, between kept events", async () => {
    const listener = await listen("admin", `?migration=${ids.runningMigration}`);
    world.news.progress(migrationId(ids.completedMigration), progress);
    world.news.progress(migrationId(ids.runningMigration), progress);
    const message = await listener.next();
    expect(message.event).toBe("migration.progress");
    expect(message.id).toBeUndefined();
    expect(message.data.data).toMatchObject({ memory_total_bytes: progress.memoryTotalBytes, disks: [{ target: "vda" }] });
    listener.close();
  });

  it("keeps to the server or the migration that was asked for", async () => {
    const listener = await listen("admin", `?server=${ids.db1}`, { "last-event-id": "0" });
    await world.sql.query("UPDATE event_counter SET last_id = 4");
    await world.sql.query("INSERT INTO events (id, kind, server_id, project_id, data) VALUES (4, 'server.changed', $1, $2, '{}')", [
      ids.db1,
      ids.opsProject,
    ]);
    expect((await listener.next()).id).toBe("4");
    listener.close();
  });

  it("hides hosts from a project manager, and everything of other projects", async () => {
    const manager = await listen("manager", "", { "last-event-id": "0" });
    const accepted = await manager.next();
    expect(accepted.data).toMatchObject({ kind: "migration.accepted", host_id: null, data: { number: 12, status: "accepted" } });
    expect(JSON.stringify(accepted)).not.toContain("compute1");
    manager.close();

    const stranger = await listen("foreignManager", "", { "last-event-id": "0" });
    await world.sql.query("UPDATE event_counter SET last_id = 4");
    await world.sql.query("INSERT INTO events (id, kind, project_id, data) VALUES (4, 'server.gone', $1, '{}')", [ids.labProject]);
    expect((await stranger.next()).id).toBe("4");
    stranger.close();
  });

  it("gives its place back when the listener goes, and refuses one too many with 503", async () => {
    const listeners = await Promise.all(Array.from({ length: 32 }, () => listen("manager")));
    const refused = await open("manager");
    expect(refused.statusCode).toBe(503);
    expect(refused.headers["x-ferry-error-code"]).toBe("STREAMS_EXHAUSTED");
    for (const listener of listeners) listener.close();
    await expect.poll(async () => (await open("manager")).statusCode).toBe(200);
  });

  it("cuts a listener that does not read, and nobody else", async () => {
    const slow = await open("admin", `?migration=${ids.runningMigration}`);
    slow.pause();
    const quick = await listen("admin", `?migration=${ids.runningMigration}`);
    const closed = new Promise<void>((resolve) => slow.once("close", resolve));
    const many = {
      ...progress,
      disks: Array.from({ length: 40 }, (_, index) => ({ target: `vd${index}`, totalBytes: 1, doneBytes: 1, ready: true })),
    };
    let over = false;
    void closed.then(() => {
      over = true;
    });
    slow.once("error", () => undefined);
    for (let sent = 0; sent < 20_000 && !over; sent += 1) {
      world.news.progress(migrationId(ids.runningMigration), many);
      await quick.next();
      if (sent > 3000) slow.resume();
    }
    await closed;
    world.news.progress(migrationId(ids.runningMigration), progress);
    expect((await quick.next()).event).toBe("migration.progress");
    quick.close();
  }, 60_000);

  it("ends all streams when the service stops", async () => {
    const listener = await listen("admin");
    const ended = new Promise<void>((resolve) => listener.response.on("error", () => undefined).once("close", resolve));
    await world.app.close();
    await ended;
  });
});
