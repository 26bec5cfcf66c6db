import { describe, expect, test } from "vitest";
import { authorizedKeysLine, knownHostsLine } from "../src/peer-access/lines.ts";
import { markOf } from "../src/peer-access/tag.ts";
import { MADE_BY_FERRY, withLine, withoutMark } from "../src/peer-access/tagged-lines.ts";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ9q";
const TAG = "0b0e0000-0000-4000-8000-000000000011";
const expiresAt = new Date("2026-11-21T23:30:59Z");

describe("the destination's line", () => {
  test("binds the key to libvirt, the source and a time that no time zone makes too early", () => {
    expect(authorizedKeysLine(TAG, { publicKey: `${KEY} any comment`, sourceAddress: "198.18.78.11", expiresAt })).toBe(
      `restrict,from="198.18.78.11",command="virt-ssh-helper qemu:///system",expiry-time="202611221330" ${KEY} ferry-${TAG}`,
    );
  });

  test.each([`1.2.3.4",command="sh`, "1.2.3.4\n", "a b", ""])("refuses the address %j", (sourceAddress) => {
    expect(() => authorizedKeysLine(TAG, { publicKey: KEY, sourceAddress, expiresAt })).toThrow(RangeError);
  });

  test.each(["", "ssh-ed25519", `command="x" ${KEY}`, "ssh-ed25519 AA\nAA"])("refuses the key %j", (publicKey) => {
    const line = () => authorizedKeysLine(TAG, { publicKey, sourceAddress: "1.2.3.4", expiresAt });
    if (publicKey.includes("\n")) expect(line().split("\n")).toHaveLength(1);
    else expect(line).toThrow(RangeError);
  });
});

test.each([
  [22, "198.18.78.12"],
  [2222, "[198.18.78.12]:2222"],
])("the source's line names the host key under port %i, thrice", (port, name) => {
  const line = knownHostsLine(TAG, { address: "198.18.78.12", port, hostKey: KEY });
  expect(line).toBe(`${name},${name},${name} ${KEY} ferry-${TAG}`);
});

test.each(["", "a b", "../../etc", "a\nb", "x".repeat(65)])("the tag %j is refused", (tag) => {
  expect(() => markOf(tag)).toThrow(RangeError);
});

describe("tagged lines", () => {
  const mark = "ferry-1";
  const line = "restrict ssh-ed25519 AAAA ferry-1";

  test.each([
    ["a usual file", "ssh-rsa AAAA me\nssh-rsa BBBB you\n"],
    ["no line break at the end", "ssh-rsa AAAA me"],
    ["an empty file", ""],
    ["blank lines and comments", "\n\n# mine\n\nssh-rsa AAAA me\n\n"],
    ["Windows line ends", "ssh-rsa AAAA me\r\n"],
    ["another migration's line", "restrict ssh-ed25519 BBBB ferry-12\n"],
  ])("adding and removing one leaves %s byte for byte", (_, text) => {
    const added = withLine(text, line, mark);
    expect(added.split("\n")).toContain(line);
    expect(withoutMark(added, mark)).toBe(text);
  });

  test("one that is there already is replaced, not doubled", () => {
    const once = withLine("a me\n", line, mark);
    expect(withLine(once, line, mark)).toBe(once);
    const renewed = withLine(once, "restrict ssh-ed25519 CCCC ferry-1", mark);
    expect(renewed).toBe("a me\nrestrict ssh-ed25519 CCCC ferry-1\n");
  });

  test("a file that ferry made goes with its last line, and stays while another line is in it", () => {
    const made = withLine(null, line, mark);
    expect(made).toBe(`${MADE_BY_FERRY}\n${line}\n`);
    expect(withoutMark(made, mark)).toBeNull();
    const two = withLine(made, "ssh-ed25519 DDDD ferry-2", "ferry-2");
    expect(withoutMark(withoutMark(two, mark) ?? "", "ferry-2")).toBeNull();
    expect(withLine(made, line, mark)).toBe(made);
  });

  test("a comment that merely contains the mark is left alone", () => {
    expect(withoutMark("ssh-rsa AAAA not-ferry-1\nssh-rsa AAAA ferry-1 x\n", mark)).toBe(
      "ssh-rsa AAAA not-ferry-1\nssh-rsa AAAA ferry-1 x\n",
    );
  });
});
