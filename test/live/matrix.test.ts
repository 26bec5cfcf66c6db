import { afterAll, beforeAll, describe, test } from "vitest";
import { EXPECTED } from "../matrix/expected.ts";
import { COLUMN_KEYS, COLUMNS, type ColumnKey, MOVE_KINDS, type MoveKind } from "../matrix/kinds.ts";
import { type CellResult, type Results, writeResults } from "../matrix/results.ts";
import { runCell } from "./support/matrix-cell.ts";
import { type StoredGuest, startStored } from "./support/storage.ts";
import { World } from "./support/world.ts";

/*
 * Every kind of move with every kind of disk: the guest arrives whole (its counter, the records on each disk, the pattern in its memory, in one boot
 * where it ran on), or a check refuses and nothing has changed. One guest of each column goes through all moves, back and forth.
 */
describe("the matrix of moves and disks", () => {
  let world: World;
  const results: Partial<Record<ColumnKey, Partial<Record<MoveKind, CellResult>>>> = {};

  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(async () => {
    await World.close(world);
    if (isWhole(results)) await writeResults(results);
  });

  describe.each(COLUMN_KEYS)("%s:", (key) => {
    const column = COLUMNS[key];
    let stored: StoredGuest;

    beforeAll(async () => {
      stored = await startStored(world, { name: `matrix-${key}`, host: "compute1", disks: column.disks, filter: false });
    });
    afterAll(() => stored?.remove());

    test.each(MOVE_KINDS)("%s", async (kind) => {
      const result = await runCell({ world, column, stored }, kind, EXPECTED[key][kind]);
      results[key] = { ...results[key], [kind]: result };
    });
  });
});

/** A run of a part, or with a failure, says nothing of the whole. */
const isWhole = (results: Results): boolean => COLUMN_KEYS.every((key) => MOVE_KINDS.every((kind) => results[key]?.[kind] !== undefined));
