import { expect, it } from "vitest";
import { undoArtifacts } from "../src/made-things.ts";
import { destinationId, order } from "./support/move-facts.ts";
import { World } from "./support/world.ts";

/** Two filters, the second of which refers to the first. */
async function withTwoFilters(): Promise<World> {
  const world = new World();
  for (const key of ["base", "web"]) {
    const thing = { hostId: destinationId, kind: "nwfilter", key } as const;
    await world.ledger.begin({ ...thing, migrationId: order.id });
    await world.ledger.made(thing);
  }
  return world;
}

it("does not take a thing for used by others while what uses it could not be removed", async () => {
  const world = await withTwoFilters();
  const refuse = Promise.reject(new Error("refused"));
  const firstTry = undoArtifacts(world.ports, "nwfilter", async (_host, key) => (key === "web" ? refuse : "kept"));
  await expect(firstTry).rejects.toThrow("refused");
  expect(world.ledger.list()).toEqual(["nwfilter base made", "nwfilter web made"]);
  await undoArtifacts(world.ports, "nwfilter", async () => "removed");
  expect(world.ledger.list()).toEqual([]);
});

it("keeps what others use, and forgets what is gone", async () => {
  const world = await withTwoFilters();
  await undoArtifacts(world.ports, "nwfilter", async (_host, key) => (key === "base" ? "kept" : "removed"));
  expect(world.ledger.list()).toEqual(["nwfilter base kept"]);
});
