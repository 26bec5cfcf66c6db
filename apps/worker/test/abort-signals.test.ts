import { describe, expect, it } from "vitest";
import { AbortSignals } from "../src/abort-signals.ts";

const ID = "0c1f0a3e-6f6e-4c43-93b7-3a5b1f0c8f11";

describe("AbortSignals", () => {
  it("gives one run of a migration its signal, and a second one in the same worker none", () => {
    const aborts = new AbortSignals();
    const signal = aborts.open(ID);
    expect(aborts.open(ID)).toBeNull();
    aborts.abort(ID);
    expect(signal?.aborted).toBe(true);
  });

  it("gives a later run a signal of its own", () => {
    const aborts = new AbortSignals();
    aborts.open(ID);
    aborts.abort(ID);
    aborts.close(ID);
    expect(aborts.open(ID)?.aborted).toBe(false);
  });

  it("finds an abort whose message was lost in the record", async () => {
    const aborts = new AbortSignals();
    const signal = aborts.open(ID);
    await aborts.catchUp({ abortsAmong: async (ids) => [...ids] });
    expect(signal?.aborted).toBe(true);
  });
});
