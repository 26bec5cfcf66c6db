import { fail } from "@ferry/core";
import { describe, expect, it } from "vitest";
import { type FaultProbe, PivotNotReached, ProcessDeath, plan, type RunResult, runPlan, type Step } from "../src/index.ts";
import { MemoryLog } from "./memory-log.ts";

/** The world of these tests: which effects exist now, and everything that was done, in order. */
interface World {
  effects: Set<string>;
  deeds: string[];
  breaks: Set<string>;
}

const newWorld = (): World => ({ effects: new Set(), deeds: [], breaks: new Set() });

function reversible(name: string, phase: "check" | "setup" = "setup"): Step<World, { made: string }> {
  return {
    name,
    phase,
    run: async ({ ports }) => {
      if (ports.breaks.has(name)) throw fail("CAPACITY_SHORT", { host: "h", needMiB: 1, freeMiB: 0 });
      ports.effects.add(name);
      ports.deeds.push(`do ${name}`);
      return { made: name };
    },
    undo: async ({ ports }) => {
      ports.deeds.push(`undo ${name}`);
      if (ports.breaks.has(`undo ${name}`)) throw fail("HOST_UNREACHABLE", { host: "h", address: "a", problem: "silent" });
      ports.effects.delete(name);
    },
  };
}

const pivot: Step<World, null> = {
  name: "pivot",
  phase: "migrate",
  pivot: true,
  run: async ({ ports, signal }) => {
    if (ports.effects.has("pivot")) return null;
    if (signal.aborted) throw new PivotNotReached(fail("ABORTED"));
    if (ports.breaks.has("pivot")) throw new PivotNotReached(fail("TRANSFER_FAILED", { reason: "link" }));
    if (ports.breaks.has("pivot silent")) throw fail("WHEREABOUTS_UNKNOWN", { reason: "destination is silent" });
    ports.effects.add("pivot");
    ports.deeds.push("do pivot");
    return null;
  },
  undo: { none: "the step proves itself that nothing happened" },
};

const tail: Step<World, null> = {
  name: "tail",
  phase: "cleanup",
  run: async ({ ports }) => {
    if (ports.breaks.has("tail")) throw fail("HOST_UNREACHABLE", { host: "h", address: "a", problem: "silent" });
    ports.effects.delete("one");
    ports.effects.delete("two");
    ports.effects.add("tail");
    return null;
  },
  undo: { none: "after the pivot" },
};

const thePlan = plan<World>("test", { check: [], setup: [reversible("one"), reversible("two")], migrate: [pivot], cleanup: [tail] });

function go(world: World, log: MemoryLog, extra: { faults?: FaultProbe; signal?: AbortSignal } = {}): Promise<RunResult> {
  return runPlan(thePlan, world, log, {
    signal: extra.signal ?? new AbortController().signal,
    retryDelaysMs: [0],
    sleep: async () => undefined,
    ...(extra.faults ? { faults: extra.faults } : {}),
  });
}

const atPoint = (point: string, step: string, deed: () => never): FaultProbe => {
  let fired = false;
  return (at, name) => {
    if (fired || at !== point || name !== step) return;
    fired = true;
    deed();
  };
};
const breakDown = (): never => {
  throw new Error("injected");
};
const die = (): never => {
  throw new ProcessDeath();
};

describe("runPlan", () => {
  it("runs every step once, in order, and records each output", async () => {
    const [world, log] = [newWorld(), new MemoryLog()];
    expect(await go(world, log)).toEqual({ kind: "completed" });
    expect(world.deeds).toEqual(["do one", "do two", "do pivot"]);
    expect(log.rows.get("one")?.output).toEqual({ made: "one" });
  });

  it("starts each step in the write that ends the one before it", async () => {
    const [world, log] = [newWorld(), new MemoryLog()];
    const ends: [string, string | undefined][] = [];
    const done = log.done.bind(log);
    log.done = async (step, next) => {
      ends.push([step.name, next?.name]);
      await done(step, next);
    };
    await go(world, log);
    expect(ends).toEqual([
      ["one", "two"],
      ["two", "pivot"],
      ["pivot", "tail"],
      ["tail", undefined],
    ]);
    expect(log.history.filter((entry) => entry.endsWith("started"))).toEqual([
      "one:started",
      "two:started",
      "pivot:started",
      "tail:started",
    ]);
    expect([...log.rows.values()].map(({ attempts }) => attempts)).toEqual([1, 1, 1, 1]);
  });

  it("does nothing when it is run again after its end", async () => {
    const [world, log] = [newWorld(), new MemoryLog()];
    await go(world, log);
    const before = world.deeds.length;
    expect(await go(world, log)).toEqual({ kind: "completed" });
    expect(world.deeds.length).toBe(before);
  });

  it("undoes in reverse, the failed step included, when a step before the pivot fails", async () => {
    const [world, log] = [newWorld(), new MemoryLog()];
    world.breaks.add("two");
    const result = await go(world, log);
    expect(result).toMatchObject({ kind: "undone", step: "two", problem: { code: "CAPACITY_SHORT" } });
    expect(world.deeds).toEqual(["do one", "undo two", "undo one"]);
    expect(world.effects.size).toBe(0);
  });

  it("keeps undoing past an undo that fails, says so, and repeats only that one later", async () => {
    const [world, log] = [newWorld(), new MemoryLog()];
    world.breaks.add("pivot").add("undo two");
    expect(await go(world, log)).toMatchObject({ kind: "undo-pending", step: "pivot" });
    expect([...world.effects]).toEqual(["two"]);
    world.breaks.clear();
    world.deeds.length = 0;
    expect(await go(world, log)).toMatchObject({ kind: "undone", step: "pivot" });
    expect(world.deeds).toEqual(["undo two"]);
    expect(world.effects.size).toBe(0);
  });

  it("leaves everything as it is when the pivot cannot find out, and goes on when it can", async () => {
    const [world, log] = [newWorld(), new MemoryLog()];
    world.breaks.add("pivot silent");
    expect(await go(world, log)).toMatchObject({ kind: "undecided", problem: { code: "WHEREABOUTS_UNKNOWN" } });
    expect([...world.effects]).toEqual(["one", "two"]);
    world.breaks.clear();
    expect(await go(world, log)).toEqual({ kind: "completed" });
  });

  it("never turns back after the pivot", async () => {
    const [world, log] = [newWorld(), new MemoryLog()];
    world.breaks.add("tail");
    expect(await go(world, log)).toMatchObject({ kind: "forward-pending", step: "tail" });
    expect(world.deeds.some((deed) => deed.startsWith("undo"))).toBe(false);
    world.breaks.clear();
    expect(await go(world, log, { signal: AbortSignal.abort(fail("ABORTED")) })).toEqual({ kind: "completed" });
  });

  it("turns back with the reason when it is cancelled before a step", async () => {
    const [world, log] = [newWorld(), new MemoryLog()];
    const cancel = new AbortController();
    const faults: FaultProbe = (point, step) => {
      if (point === "after" && step === "one") cancel.abort(fail("ABORTED"));
    };
    expect(await go(world, log, { faults, signal: cancel.signal })).toMatchObject({ kind: "undone", problem: { code: "ABORTED" } });
    expect(world.effects.size).toBe(0);
  });

  it("asks a pivot that may have run instead of undoing it, also when cancelled meanwhile", async () => {
    const [world, log] = [newWorld(), new MemoryLog()];
    await expect(go(world, log, { faults: atPoint("after", "pivot", die) })).rejects.toBeInstanceOf(ProcessDeath);
    expect(await go(world, log, { signal: AbortSignal.abort(fail("ABORTED")) })).toEqual({ kind: "completed" });
    expect(world.deeds.filter((deed) => deed === "do pivot")).toHaveLength(1);
  });

  it("undoes the step that was started in a write whose answer got lost", async () => {
    const [world, log] = [newWorld(), new MemoryLog()];
    const done = log.done.bind(log);
    log.done = async (step, next) => {
      await done(step, next);
      if (step.name === "one") throw new Error("the connection was lost");
    };
    expect(await go(world, log)).toMatchObject({ kind: "undone", step: "one" });
    expect([...log.rows.values()].map(({ name, state }) => [name, state])).toEqual([
      ["one", "undone"],
      ["two", "undone"],
    ]);
    expect(world.effects.size).toBe(0);
  });

  it("stops at once, writing nothing more, when another worker has taken over", async () => {
    const [world, log] = [newWorld(), new MemoryLog()];
    log.done = async () => {
      throw fail("STEP_FENCED", { migration: "m" });
    };
    await expect(go(world, log)).rejects.toMatchObject({ code: "STEP_FENCED" });
    expect(log.history).toEqual(["one:started"]);
  });

  describe.each(["one", "two", "pivot", "tail"])("at step %s", (step) => {
    it.each(["before", "after"] as const)("comes to an end when it fails once %s its effect", async (point) => {
      const [world, log] = [newWorld(), new MemoryLog()];
      let result = await go(world, log, { faults: atPoint(point, step, breakDown) });
      if (result.kind !== "completed" && result.kind !== "undone") result = await go(world, log);
      if (result.kind === "completed") expect([...world.effects].sort()).toEqual(["pivot", "tail"]);
      else expect(world.effects.size).toBe(0);
      expect(result.kind).toBe(step === "pivot" || step === "tail" ? "completed" : "undone");
    });

    it.each(["before", "after"] as const)("completes after the process died %s its effect", async (point) => {
      const [world, log] = [newWorld(), new MemoryLog()];
      await expect(go(world, log, { faults: atPoint(point, step, die) })).rejects.toBeInstanceOf(ProcessDeath);
      expect(await go(world, log)).toEqual({ kind: "completed" });
      expect([...world.effects].sort()).toEqual(["pivot", "tail"]);
    });
  });

  describe.each(["one", "two"])("at the undo of step %s", (step) => {
    it.each(["before-undo", "after-undo"] as const)("ends clean after the process died %s", async (point) => {
      const [world, log] = [newWorld(), new MemoryLog()];
      world.breaks.add("pivot");
      await expect(go(world, log, { faults: atPoint(point, step, die) })).rejects.toBeInstanceOf(ProcessDeath);
      expect(await go(world, log)).toMatchObject({ kind: "undone", step: "pivot" });
      expect(world.effects.size).toBe(0);
    });
  });

  const aborted = (): AbortSignal => AbortSignal.abort(fail("ABORTED"));
  const capacity = fail("CAPACITY_SHORT", { host: "h", needMiB: 1, freeMiB: 0 });

  describe.each([
    ["is repeated", () => new AbortController().signal],
    ["is repeated after an abort that came too late", aborted],
  ])("an undoing that %s", (_, laterSignal) => {
    it.each([
      ["the undo of an earlier step failed", "undo one"],
      ["the undo of the very step failed", "undo two"],
    ])("ends with the code and the sentence of the failure: %s", async (_what, undo) => {
      const [world, log] = [newWorld(), new MemoryLog()];
      world.breaks.add("two").add(undo);
      expect(await go(world, log)).toMatchObject({ kind: "undo-pending", problem: { code: "CAPACITY_SHORT" } });
      const again = await go(world, log, { signal: laterSignal() });
      expect(again).toMatchObject({ kind: "undo-pending", step: "two", problem: { code: "CAPACITY_SHORT", message: capacity.message } });
      world.breaks.clear();
      const last = await go(world, log, { signal: laterSignal() });
      expect(last).toMatchObject({ kind: "undone", step: "two", problem: { code: "CAPACITY_SHORT", message: capacity.message } });
    });

    it.each(["one", "two"])("does so after the process died at the undo of step %s", async (step) => {
      const [world, log] = [newWorld(), new MemoryLog()];
      world.breaks.add("two");
      await expect(go(world, log, { faults: atPoint("after-undo", step, die) })).rejects.toBeInstanceOf(ProcessDeath);
      const later = await go(world, log, { signal: laterSignal() });
      expect(later).toMatchObject({ kind: "undone", step: "two", problem: { code: "CAPACITY_SHORT", message: capacity.message } });
    });

    it("stays an abort when it was one", async () => {
      const [world, log] = [newWorld(), new MemoryLog()];
      world.breaks.add("undo one");
      const cancel = new AbortController();
      const faults: FaultProbe = (point, step) => {
        if (point === "after" && step === "one") cancel.abort(fail("ABORTED"));
      };
      expect(await go(world, log, { faults, signal: cancel.signal })).toMatchObject({ kind: "undo-pending", problem: { code: "ABORTED" } });
      world.breaks.clear();
      expect(await go(world, log, { signal: laterSignal() })).toMatchObject({ kind: "undone", problem: { code: "ABORTED" } });
    });
  });

  it.each([
    ["not aborted", () => new AbortController().signal, { code: "TRANSFER_FAILED", message: "an old sentence" }],
    ["aborted", aborted, { code: "ABORTED" }],
  ])("goes on with what an older release recorded without a code: %s", async (_what, signal, problem) => {
    const [world, log] = [newWorld(), new MemoryLog()];
    await go(world, log, { faults: atPoint("after", "one", die) }).catch(() => undefined);
    const [record] = await log.records();
    if (!record) throw new Error("nothing was recorded");
    log.rows.set("one", { ...record, state: "failed", problem: "an old sentence" });
    expect(await go(world, log, { signal: signal() })).toMatchObject({ kind: "undone", step: "one", problem });
  });
});

describe("plan", () => {
  it("refuses two steps of one name", () => {
    expect(() => plan<World>("bad", { check: [], setup: [reversible("one"), reversible("one")], migrate: [], cleanup: [] })).toThrow(
      /two steps of one name/,
    );
  });
  it("refuses a step listed under another phase than its own", () => {
    expect(() => plan<World>("bad", { check: [reversible("one")], setup: [], migrate: [], cleanup: [] })).toThrow(/lists it under check/);
  });
});
