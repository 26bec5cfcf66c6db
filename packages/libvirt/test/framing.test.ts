import { describe, expect, it } from "vitest";
import { FramingError, PacketReader } from "../src/framing.ts";
import { messages } from "./support/vectors.ts";

/** Pushes chunks one after the other and collects what comes out. */
function read(...chunks: readonly Buffer[]): Buffer[] {
  const reader = new PacketReader();
  return chunks.flatMap((chunk) => [...reader.push(chunk)]);
}

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

describe.each(messages)("$name", ({ bytes }) => {
  it("comes out whole wherever it is split", () => {
    for (let at = 0; at <= bytes.length; at++) expect(read(bytes.subarray(0, at), bytes.subarray(at))).toEqual([bytes]);
  });

  it("comes out whole when it arrives byte by byte", () => {
    expect(read(...[...bytes].map((byte) => Buffer.from([byte])))).toEqual([bytes]);
  });

  it("does not come out before its last byte", () => {
    expect(read(bytes.subarray(0, -1))).toEqual([]);
  });
});

it("cuts all messages out of one stream, wherever that is split", () => {
  const all = messages.map(({ bytes }) => bytes);
  const stream = Buffer.concat(all);
  for (let at = 0; at <= stream.length; at++) expect(read(stream.subarray(0, at), stream.subarray(at))).toEqual(all);
});

describe("a length that cannot be", () => {
  it.each([0, 1, 4, 27, 33_554_437, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff])("%i is refused at its fourth byte", (length) => {
    expect(() => read(word(length))).toThrow(FramingError);
  });

  it("does not hide the messages in front of it", () => {
    const good = messages[0]?.bytes ?? Buffer.alloc(0);
    const reader = new PacketReader();
    const packets = reader.push(Buffer.concat([good, word(3)]));
    expect(packets.next().value).toEqual(good);
    expect(() => packets.next()).toThrow(FramingError);
  });

  it("at the largest allowed value only waits", () => {
    expect(read(word(33_554_436))).toEqual([]);
  });
});
