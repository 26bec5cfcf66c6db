import { readImageHeader } from "@ferry/core";
import { describe, expect, it } from "vitest";

interface Header {
  readonly version?: number;
  readonly backingAt?: bigint;
  readonly clusterBits?: number;
  readonly size?: bigint;
  readonly crypt?: number;
  readonly incompatible?: bigint;
  /** Type and length of a header extension. */
  readonly extensions?: readonly (readonly [number, number])[];
}

function qcow2({ version = 3, backingAt = 0n, clusterBits = 16, size = 1n << 30n, crypt = 0, incompatible = 0n, extensions = [] }: Header) {
  const head = Buffer.alloc(512);
  head.writeUInt32BE(0x514649fb, 0);
  head.writeUInt32BE(version, 4);
  head.writeBigUInt64BE(backingAt, 8);
  head.writeUInt32BE(clusterBits, 20);
  head.writeBigUInt64BE(size, 24);
  head.writeUInt32BE(crypt, 32);
  head.writeBigUInt64BE(incompatible, 72);
  head.writeUInt32BE(112, 100);
  let at = 112;
  for (const [type, length] of extensions) {
    head.writeUInt32BE(type, at);
    head.writeUInt32BE(length, at + 4);
    at += 8 + Math.ceil(length / 8) * 8;
  }
  return head;
}

describe("readImageHeader", () => {
  it.each<[string, Header]>([
    ["a plain one", {}],
    ["of version 2", { version: 2, incompatible: 4n }],
    ["that was not closed cleanly", { incompatible: 1n }],
    ["that is compressed by zstd", { incompatible: 8n }],
    ["with a table of feature names", { extensions: [[0x6803f857, 336]] }],
  ])("takes a qcow2 %s", (_, header) => {
    expect(readImageHeader("x", "qcow2", qcow2(header), 200_000)).toEqual({ virtualBytes: 1 << 30 });
  });

  it.each<[string, Header, RegExp]>([
    ["names a backing file", { backingAt: 400n }, /backing file/],
    ["names a backing file, in version 2", { version: 2, backingAt: 400n }, /backing file/],
    ["has its data elsewhere", { incompatible: 4n }, /external data file/],
    [
      "names a data file",
      {
        extensions: [
          [0x6803f857, 5],
          [0x44415441, 11],
        ],
      },
      /external data file/,
    ],
    ["is corrupt", { incompatible: 2n }, /corrupt/],
    ["needs what nobody knows yet", { incompatible: 1n << 40n }, /refused/],
    ["is encrypted", { crypt: 2 }, /encrypted/],
    ["is of a version to come", { version: 4 }, /version is 4/],
    ["has absurd clusters", { clusterBits: 63 }, /cluster size/],
    ["has no size", { size: 0n }, /virtual size/],
    ["is larger than any disk", { size: 1n << 63n }, /virtual size/],
  ])("refuses a qcow2 that %s", (_, header, reason) => {
    expect(() => readImageHeader("x", "qcow2", qcow2(header), 200_000)).toThrow(reason);
  });

  it.each<[string, "qcow2" | "raw", Uint8Array, RegExp]>([
    ["text as qcow2", "qcow2", Buffer.from("# Disk DescriptorFile"), /no header/],
    ["half a header", "qcow2", qcow2({}).subarray(0, 60), /no header/],
    ["nothing", "qcow2", Buffer.alloc(0), /no header/],
    ["nothing as raw", "raw", Buffer.alloc(0), /empty/],
    ["a qcow2 as raw", "raw", qcow2({}), /Declare its disk_format qcow2/],
  ])("refuses %s", (_, format, head, reason) => {
    expect(() => readImageHeader("x", format, head, head.length)).toThrow(reason);
  });

  it("takes a raw disk as large as its file", () => {
    expect(readImageHeader("x", "raw", Buffer.alloc(4096, 1), 1 << 20)).toEqual({ virtualBytes: 1 << 20 });
  });
});
