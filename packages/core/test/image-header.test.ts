import { readImageHeader, readLayerBelow } from "@ferry/core";
import { describe, expect, it } from "vitest";

interface Header {
  readonly version?: number;
  readonly backingAt?: bigint;
  readonly clusterBits?: number;
  readonly size?: bigint;
  readonly crypt?: number;
  readonly incompatible?: bigint;
  /** Type and length, or text, of a header extension. */
  readonly extensions?: readonly (readonly [number, number | string])[];
  /** Stands at `backingAt`. */
  readonly backingName?: string;
}

function qcow2({
  version = 3,
  backingAt = 0n,
  clusterBits = 16,
  size = 1n << 30n,
  crypt = 0,
  incompatible = 0n,
  extensions = [],
  backingName = "",
}: Header) {
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
  if (version === 2) at = 72;
  for (const [type, content] of extensions) {
    const length = typeof content === "string" ? content.length : content;
    if (typeof content === "string") head.write(content, at + 8);
    head.writeUInt32BE(type, at);
    head.writeUInt32BE(length, at + 4);
    at += 8 + Math.ceil(length / 8) * 8;
  }
  head.writeUInt32BE(backingName.length, 16);
  if (backingName) head.write(backingName, Number(backingAt));
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

describe("readLayerBelow", () => {
  const FORMAT = 0xe2792aca;
  const named = (change: Header = {}): Header => ({
    backingAt: 300n,
    backingName: "/base/b.img",
    extensions: [[FORMAT, "raw"]],
    ...change,
  });

  it.each<[string, Header, object]>([
    ["that stands on nothing", {}, { kind: "none" }],
    ["of version 2 that stands on nothing", { version: 2 }, { kind: "none" }],
    ["on a raw image", named(), { kind: "named", name: "/base/b.img", format: "raw" }],
    ["on a qcow2", named({ extensions: [[FORMAT, "qcow2"]] }), { kind: "named", name: "/base/b.img", format: "qcow2" }],
    ["on one named from its directory", named({ backingName: "../b" }), { kind: "named", name: "../b", format: "raw" }],
    ["of version 2, on a raw image", named({ version: 2 }), { kind: "named", name: "/base/b.img", format: "raw" }],
    [
      "with other extensions first",
      named({
        extensions: [
          [0x6803f857, 20],
          [FORMAT, "raw"],
        ],
      }),
      { kind: "named", format: "raw" },
    ],
  ])("reads a qcow2 %s", (_, header, below) => {
    expect(readLayerBelow(qcow2(header))).toMatchObject(below);
  });

  it.each<[string, Header, RegExp]>([
    ["does not tell the layer's format", named({ extensions: [] }), /tells the format nothing/],
    ["tells a format in which a file names others", named({ extensions: [[FORMAT, "vmdk"]] }), /format vmdk/],
    ["names a server", named({ backingName: "nbd:127.0.0.1:80" }), /no plain path/],
    ["names a pseudo-protocol", named({ backingName: 'json:{"driver":"raw"}' }), /no plain path/],
    ["names a path with a NUL in it", named({ backingName: "/base/b\0/etc/shadow" }), /no plain path/],
    ["names nothing", named({ backingName: "" }), /no plain path/],
    ["has its layer's name outside of the header", { backingAt: 1n << 40n, extensions: [[FORMAT, "raw"]] }, /no plain path/],
    ["has its data elsewhere", named({ incompatible: 4n }), /external data file/],
    ["names a data file", named({ extensions: [[0x44415441, "/etc/shadow"]] }), /external data file/],
    ["is encrypted", named({ crypt: 2 }), /encrypted/],
  ])("refuses a qcow2 that %s", (_, header, reason) => {
    const below = readLayerBelow(qcow2(header));
    expect(below).toMatchObject({ kind: "refused", reason: expect.stringMatching(reason) });
  });

  it("refuses what is no qcow2, and half of one", () => {
    expect(readLayerBelow(Buffer.alloc(512)).kind).toBe("refused");
    expect(readLayerBelow(qcow2({}).subarray(0, 60)).kind).toBe("refused");
  });

  it("survives every length that an extension may claim", () => {
    const header = qcow2(named());
    header.writeUInt32BE(0xffffffff, 116);
    expect(readLayerBelow(header).kind).toBe("refused");
  });
});
