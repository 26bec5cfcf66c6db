import { type ContentPart, fail, type MigrationProgress } from "@ferry/core";
import type { StepContext } from "@ferry/engine";
import { beforeEach, describe, expect, it } from "vitest";
import { makeMovePlan } from "../src/check/make-move-plan.ts";
import { copyDisks } from "../src/migrate/copy-disks.ts";
import { copies, type MovePlan } from "../src/move-plan.ts";
import { copyProgress } from "../src/policy/copy-progress.ts";
import type { MigrationPorts } from "../src/ports.ts";
import { moveFacts, seen, volume } from "./support/move-facts.ts";
import { World } from "./support/world.ts";

const A = "/images/lm001.qcow2";
const B = "/images/data.qcow2";

let world: World;
let plan: MovePlan;
let told: MigrationProgress[];
let saved: MigrationProgress[];
beforeEach(() => {
  world = new World();
  world.sourceSays = seen("shutoff");
  plan = { ...makeMovePlan(moveFacts()), mode: "cold" };
  told = [];
  saved = [];
  withDisks(A, B);
  holds(world.source.storage, { [A]: "0123456789", [B]: "abcde" });
  holds(world.destination.storage, {});
  world.ports.events.progress = (_id, progress) => void told.push(progress);
  world.ports.store.saveProgress = async (progress) => void saved.push(progress);
});

function withDisks(...paths: string[]): void {
  const [copy] = copies(plan);
  if (!copy) throw new Error("the plan copies nothing");
  const disks = paths.map((path, index) => ({ ...copy, target: `vd${"ab"[index]}`, sourcePath: path, path, name: path.slice(8) }));
  plan = { ...plan, disks };
}

/** Files that are as long as their text, and are read in pieces of one byte, a second each. */
function holds({ port, files }: World["source"]["storage"], content: Record<string, string>): void {
  files.clear();
  for (const [path, text] of Object.entries(content)) files.set(path, text);
  port.volumeAt = async (path) => {
    const text = files.get(path);
    return text === undefined ? null : volume(path, { fileBytes: text.length });
  };
  port.downloadSparse = async function* (path): AsyncGenerator<ContentPart> {
    for (const letter of files.get(path) ?? "") {
      await world.clock.sleep(1000);
      yield Buffer.from(letter);
    }
  };
  port.uploadSparse = async (path, parts) => {
    let text = "";
    for await (const part of parts) text += part instanceof Uint8Array ? Buffer.from(part).toString() : "";
    files.set(path, text);
  };
}

const context = (): StepContext<MigrationPorts> => {
  const base = world.context(plan);
  const outputs: Record<string, unknown> = {
    "check-conditions": plan,
    "note-power": { power: "off", at: 0 },
    "stop-at-source": { how: "was-off", disks: {} },
  };
  return { ...base, outputOf: <Out>(step: { name: string }) => outputs[step.name] as Out };
};
const isSorted = (numbers: readonly number[]): boolean => numbers.every((one, index) => index === 0 || one >= (numbers[index - 1] ?? 0));

describe("copy-disks", () => {
  it("counts all disks from the beginning, and never back", async () => {
    await copyDisks.run(context());
    expect(new Set(told.map((progress) => progress.diskTotalBytes))).toEqual(new Set([15]));
    const done = told.map((progress) => progress.diskProcessedBytes ?? -1);
    expect(isSorted(done)).toBe(true);
    expect(done.some((bytes) => bytes > 0 && bytes < 10)).toBe(true);
    expect(done.some((bytes) => bytes > 10 && bytes < 15)).toBe(true);
    expect(told.at(-1)).toMatchObject({ diskProcessedBytes: 15, diskRemainingBytes: 0, disks: [{ ready: true }, { ready: true }] });
  });

  it("writes into the record how far it is, every few seconds and at the end", async () => {
    await copyDisks.run(context());
    const done = saved.map((progress) => progress.diskProcessedBytes ?? -1);
    expect(done.length).toBeGreaterThan(3);
    expect(isSorted(done)).toBe(true);
    expect(done[0]).toBeLessThan(10);
    expect(done.at(-1)).toBe(15);
  });

  it("tells the rate of the copy", async () => {
    await copyDisks.run(context());
    expect(told.some((progress) => progress.bytesPerSecond === 1 && (progress.remainingMs ?? 0) > 0)).toBe(true);
  });

  it("says nothing of progress when nothing is copied", async () => {
    withDisks();
    expect(await copyDisks.run(context())).toEqual({});
    expect([told, saved]).toEqual([[], []]);
  });

  it("goes on when the record does not take a reading in between", async () => {
    world.ports.store.saveProgress = async (progress) => {
      if (progress.diskRemainingBytes !== 0) throw fail("INTERNAL", {});
      saved.push(progress);
    };
    expect(Object.keys(await copyDisks.run(context()))).toEqual(["vda", "vdb"]);
    expect(saved.at(-1)?.diskProcessedBytes).toBe(15);
  });
});

describe("copyProgress", () => {
  const at = { phase: "migrate", step: "copy-disks" } as const;

  it("sums the files up and calls those that are whole ready", () => {
    const files = [
      { target: "vda", totalBytes: 10, doneBytes: 10 },
      { target: "vdb", totalBytes: 5, doneBytes: 1 },
    ];
    expect(copyProgress(at, files)).toMatchObject({
      diskTotalBytes: 15,
      diskProcessedBytes: 11,
      diskRemainingBytes: 4,
      disks: [
        { target: "vda", ready: true },
        { target: "vdb", ready: false },
      ],
    });
  });
});
