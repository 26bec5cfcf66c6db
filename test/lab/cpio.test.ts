import { expect, test } from "vitest";
import { packCpio } from "./cpio.ts";

test("an archive is headers, names and contents, each padded to four bytes, and a trailer", () => {
  const archive = packCpio([{ kind: "file", path: "ab", content: Buffer.from("hello") }]).toString("latin1");
  const file = ["070701", "00000001", "000081ed", "00000000", "00000000", "00000001", "00000000", "00000005"];
  const rest = ["00000000", "00000000", "00000000", "00000000", "00000003", "00000000", "ab\0", "\0\0\0", "hello", "\0\0\0"];
  expect(archive.startsWith([...file, ...rest].join(""))).toBe(true);
  expect(archive.endsWith("TRAILER!!!\0\0\0\0")).toBe(true);
  expect(archive.length % 4).toBe(0);
});

test("a character device carries its numbers", () => {
  const archive = packCpio([{ kind: "character-device", path: "dev/console", major: 5, minor: 1 }]).toString("latin1");
  expect(archive.slice(14, 22)).toBe("00002180");
  expect(archive.slice(6 + 8 * 9, 6 + 8 * 11)).toBe("0000000500000001");
});
