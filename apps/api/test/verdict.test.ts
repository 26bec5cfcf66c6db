import type { MigrationStatus } from "@ferry/core";
import type { StoredEvent } from "@ferry/store";
import { describe, expect, it } from "vitest";
import type { EventListener } from "../src/services/event-feed.ts";
import { awaitVerdict, promptRefusal } from "../src/services/verdict.ts";

const id = "0c1f0a3e-6f6e-4c43-93b7-3a5b1f0c8f12";

/** A migration whose status the test sets, and the events that tell of it. */
function migration(problem: { problem: string; problemCode: string } | null = null) {
  const listeners = new Set<EventListener>();
  let status: MigrationStatus = "accepted";
  const event: StoredEvent = {
    id: 1,
    kind: "migration.status",
    serverId: null,
    migrationId: id,
    hostId: null,
    projectId: null,
    data: {},
    createdAt: new Date(0),
  };
  return {
    store: {
      migrationLists: { state: async () => ({ status, problem: problem?.problem ?? null, problemCode: problem?.problemCode ?? null }) },
    },
    feed: {
      listen(listener: EventListener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    become(next: MigrationStatus): void {
      status = next;
      for (const listener of listeners) listener(event);
    },
    listening: () => listeners.size,
  };
}

describe("awaitVerdict", () => {
  it.each(["preparing", "running", "post-migrating", "completed"] as const)("ends when the migration is %s", async (status) => {
    const { store, feed, become, listening } = migration();
    const verdict = awaitVerdict(store, feed, id);
    become("queued");
    become(status);
    await verdict;
    expect(listening()).toBe(0);
  });

  it.each([
    ["CHECKS_REFUSED", "CHECKS_REFUSED", "badRequest"],
    ["NO_VALID_HOST", "NO_VALID_HOST", "badRequest"],
    ["HOST_UNREACHABLE", "CHECKS_REFUSED", "badRequest"],
    ["SERVER_WRONG_STATE", "SERVER_WRONG_STATE", "conflict"],
  ])("a migration refused with %s is told as %s", async (problemCode, code, kind) => {
    const { store, feed, become, listening } = migration({ problem: "The reason.", problemCode });
    const verdict = awaitVerdict(store, feed, id);
    become("error");
    await expect(verdict).rejects.toMatchObject({ code, kind, message: "The reason." });
    expect(listening()).toBe(0);
  });

  it("sees a verdict that was there before it listened", async () => {
    const { store, feed, become } = migration();
    become("preparing");
    await awaitVerdict(store, feed, id);
  });

  it("lets the migration go on when nobody decides in time", async () => {
    const { store, feed, listening } = migration();
    await awaitVerdict(store, feed, id, 5);
    expect(listening()).toBe(0);
  });
});

describe("promptRefusal", () => {
  it("is the sentence of a refusal that comes in time", async () => {
    const { store, feed, become } = migration({ problem: "The reason.", problemCode: "CHECKS_REFUSED" });
    const refusal = promptRefusal(store, feed, id);
    become("error");
    expect(await refusal).toBe("The reason.");
  });

  it("is null for a migration that passes, and for one whose checks take longer", async () => {
    const passing = migration();
    const refusal = promptRefusal(passing.store, passing.feed, id);
    passing.become("preparing");
    expect(await refusal).toBeNull();
    const slow = migration({ problem: "The reason.", problemCode: "CHECKS_REFUSED" });
    expect(await promptRefusal(slow.store, slow.feed, id, 5)).toBeNull();
    expect(slow.listening()).toBe(0);
  });

  it("passes on what is no refusal", async () => {
    const { feed } = migration();
    const store = { migrationLists: { state: () => Promise.reject(new Error("the database is gone")) } };
    await expect(promptRefusal(store, feed, id)).rejects.toThrow("the database is gone");
  });
});
