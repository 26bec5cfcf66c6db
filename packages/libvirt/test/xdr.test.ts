import { describe, expect, it } from "vitest";
import { charArray, decode, encode, hyper, int, list, opaque, optional, struct, text, uhyper, uint, uuid } from "../src/codec.ts";
import { typedParams } from "../src/typed-params.ts";
import { XdrError } from "../src/xdr-error.ts";
import { jobStatsTail } from "./support/vectors.ts";

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(" ", ""), "hex");

describe("values survive a round trip", () => {
  const cases = [
    ["the smallest int", int, -(2 ** 31)],
    ["the largest unsigned int", uint, 2 ** 32 - 1],
    ["the smallest hyper", hyper, -(2n ** 63n)],
    ["the largest unsigned hyper", uhyper, 2n ** 64n - 1n],
    ["text of every padding length", list(text), ["", "a", "ab", "abc", "abcd", "größe €"]],
    ["a uuid", uuid, "0b0e0000-0000-4000-8000-000000000011"],
    ["absent text", optional(text), null],
    ["opaque bytes", opaque(10), Buffer.from([1, 2, 3, 4, 5])],
    ["libvirt's character array", charArray(32), "x86_64"],
    ["a full character array", charArray(4), "abcd"],
    ["a list that outgrows the buffer in the middle of integers", list(uint), Array.from({ length: 500 }, (_, index) => index)],
    ["a list that outgrows the buffer in the middle of hypers", list(hyper), Array.from({ length: 500 }, (_, index) => BigInt(index))],
  ] as const;
  it.each(cases)("%s", (_name, codec, value) => {
    expect(decode<unknown>(codec, encode<unknown>(codec, value))).toEqual(value);
  });
});

describe("wire layout", () => {
  it("pads text with zeros to a multiple of four", () => {
    expect(encode(text, "abcde").toString("hex")).toBe("00000005 61626364 65000000".replaceAll(" ", ""));
  });

  it("writes a character array as one integer for each character", () => {
    expect(encode(charArray(2), "a").toString("hex")).toBe("0000006100000000");
  });

  it("clears the padding when the buffer is reused by growing", () => {
    const long = "x".repeat(1001);
    expect(encode(text, long).subarray(-3)).toEqual(Buffer.alloc(3));
  });

  it("reads typed parameters with their types", () => {
    expect(decode(typedParams(64), jobStatsTail.bytes)).toEqual([
      { field: "state.state", type: "int", value: 1 },
      { field: "state.reason", type: "int", value: 1 },
    ]);
  });

  it("writes typed parameters as they are read", () => {
    expect(encode(typedParams(64), decode(typedParams(64), jobStatsTail.bytes))).toEqual(jobStatsTail.bytes);
  });
});

describe("hostile or broken bytes are refused before anything is allocated", () => {
  const record = struct({ name: text, uuid });
  const cases = [
    ["a string of 4 GiB", text, "ffffffff 61626364"],
    ["a string above libvirt's limit", text, "00400001"],
    ["a string longer than its frame", text, "00000010 61626364"],
    ["a string without its padding", text, "00000003 616263"],
    ["a list of 2^32-1 items", list(int), "ffffffff"],
    ["a list that counts more than its frame can hold", list(record), "00000004 00000000 00000000 00000000 00000000 00000000"],
    ["a list above its limit", list(int, 1), "00000002 00000000 00000000"],
    ["a presence flag of 2", optional(int), "00000002 00000000"],
    ["a cut integer", int, "000000"],
    ["a cut hyper", hyper, "00000000 000000"],
    ["a cut uuid", uuid, "00000000"],
    ["bytes after the last item", int, "00000001 00"],
    ["an unknown parameter type", typedParams(4), "00000001 00000001 61000000 00000009 00000000"],
    ["a parameter type of zero", typedParams(4), "00000001 00000001 61000000 00000000 00000000"],
  ] as const;
  it.each(cases)("%s", (_name, codec, hex) => {
    expect(() => decode<unknown>(codec, bytes(hex))).toThrow(XdrError);
  });

  it("refuses every truncation of a valid value", () => {
    const whole = encode(record, { name: "abc", uuid: "0b0e0000-0000-4000-8000-000000000011" });
    for (let length = 0; length < whole.length; length++) expect(() => decode(record, whole.subarray(0, length))).toThrow(XdrError);
  });
});

describe("values that do not fit are refused instead of cut", () => {
  const cases = [
    ["an int above 2^31-1", int, 2 ** 31],
    ["a negative unsigned int", uint, -1],
    ["a fraction", int, 1.5],
    ["a hyper above 2^63-1", hyper, 2n ** 63n],
    ["a negative unsigned hyper", uhyper, -1n],
    ["text with a NUL", text, "a\0b"],
    ["text above 4 MiB", text, "x".repeat(4_194_305)],
    ["a uuid with too few digits", uuid, "0b0e"],
    ["bytes above their limit", opaque(2), Buffer.alloc(3)],
    ["a list above its limit", list(int, 1), [1, 2]],
    ["a name above its array", charArray(2), "abc"],
  ] as const;
  it.each(cases)("%s", (_name, codec, value) => {
    expect(() => encode<unknown>(codec, value)).toThrow(XdrError);
  });
});
