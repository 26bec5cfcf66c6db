import { describe, expect, it } from "vitest";
import { type Codec, decode } from "../src/codec.ts";
import { wireError } from "../src/errors.ts";
import { events } from "../src/events.ts";
import { procedures } from "../src/procedures.ts";
import { XdrError } from "../src/xdr-error.ts";

/** A reproducible stream of numbers below 2^32 (mulberry32). */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    yield (mixed ^ (mixed >>> 14)) >>> 0;
  }
}

/** Words that often look like small counts and flags, so that the decoder gets deep before it fails. */
function garbage(random: Generator<number, never>): Buffer {
  const words = random.next().value % 40;
  const bytes = Buffer.alloc(words * 4);
  for (let at = 0; at < words; at++) {
    const value = random.next().value;
    bytes.writeUInt32BE(value % 3 === 0 ? value : value % 8, at * 4);
  }
  return bytes;
}

/** Decodes and returns the error class when it fails with anything but XdrError. */
function complaint(codec: Codec<unknown>, bytes: Buffer): unknown {
  try {
    decode(codec, bytes);
    return undefined;
  } catch (error) {
    return error instanceof XdrError ? undefined : error;
  }
}

const shapes: [string, Codec<unknown>][] = [
  ...Object.entries(procedures).map(([name, { ret }]): [string, Codec<unknown>] => [name, ret]),
  ...Object.entries(events).map(([kind, { payload }]): [string, Codec<unknown>] => [kind, payload]),
  ["an error", wireError],
];

describe("whatever a daemon sends", () => {
  it.each(shapes)("%s is decoded or refused as XDR, nothing else", (_name, codec) => {
    const random = numbers(20_260_721);
    for (let round = 0; round < 300; round++) expect(complaint(codec, garbage(random))).toBeUndefined();
  });
});
