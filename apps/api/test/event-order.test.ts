import type { StoredEvent } from "@ferry/store";
import { describe, expect, it } from "vitest";
import { concerns, EventOrder } from "../src/services/event-stream.ts";

const event = (id: number): StoredEvent => ({
  id,
  kind: "server.changed",
  serverId: null,
  migrationId: null,
  hostId: null,
  projectId: null,
  data: {},
  createdAt: new Date(0),
});

describe("EventOrder", () => {
  it("holds live events back while it replays, then passes each once and in order", () => {
    const passed: number[] = [];
    const order = new EventOrder(3, ({ id }) => passed.push(id));
    order.live(event(6));
    order.replay(event(4));
    order.live(event(7));
    order.replay(event(5));
    order.replay(event(6));
    expect(passed).toEqual([4, 5, 6]);
    order.goLive();
    order.live(event(8));
    order.live(event(8));
    expect(passed).toEqual([4, 5, 6, 7, 8]);
    expect(order.lastId).toBe(8);
  });
});

describe("concerns", () => {
  const caller = { userId: "u", userName: "u", projectId: "p", projectName: "p" };
  const manager = { ...caller, roles: ["manager"] as const };
  const admin = { ...caller, roles: ["admin"] as const };
  const all = { serverId: null, migrationId: null };
  it.each([
    ["own project", { projectId: "p" }, manager, all, true],
    ["another project", { projectId: "q" }, manager, all, false],
    ["another project, administrator", { projectId: "q" }, admin, all, true],
    ["no project", { projectId: null }, manager, all, false],
    ["no project, administrator", { projectId: null }, admin, all, true],
    ["the server asked for", { projectId: "p", serverId: "s" }, manager, { ...all, serverId: "s" }, true],
    ["another server", { projectId: "p", serverId: "t" }, manager, { ...all, serverId: "s" }, false],
    ["another migration", { projectId: "p", migrationId: "n" }, manager, { ...all, migrationId: "m" }, false],
  ])("%s", (_, told, who, filter, expected) => {
    expect(concerns({ serverId: null, migrationId: null, ...told }, who, filter)).toBe(expected);
  });
});
