import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { describeHostKey, ShellWordError, sameHostKey, shellWords } from "../src/index.ts";
import { hostKeyAlgorithms } from "../src/transport/host-key.ts";
import { sshConnectError } from "../src/transport/ssh-connect-error.ts";

describe("a connection that fails", () => {
  it.each([
    [{ level: "client-socket", code: "ENOTFOUND" }, "unknown-name", "no address is known for that name"],
    [{ level: "client-socket", code: "EAI_AGAIN" }, "unknown-name", "no address is known for that name"],
    [{ level: "client-socket", code: "ECONNREFUSED" }, "refused", "connection refused"],
    [{ level: "client-socket", code: "EHOSTUNREACH" }, "unreachable", "no connection"],
    [{ level: "client-timeout" }, "timeout", "no answer in time"],
    [{ level: "client-authentication" }, "authentication", "the host refused the key"],
    [{ level: "handshake" }, "protocol", "algorithms do not fit"],
  ])("with %j is said to be %s", (details, kind, words) => {
    const error = sshConnectError("kvm1.example", Object.assign(new Error("x"), details));
    expect(error).toMatchObject({ kind, address: "kvm1.example" });
    expect(error.problem).toContain(words);
    expect(error.message).toContain(words);
  });
});

describe("words for a remote shell", () => {
  const hostile = [
    "plain",
    "",
    "two words",
    "it's",
    "'",
    "''",
    "a\nb",
    "$HOME",
    "`id`",
    "$(id)",
    "*",
    "~",
    "-n",
    "\\",
    '"',
    ";&|<>",
    "#",
    "!",
    "é€",
    "\u0001\u007f",
    "a'; rm -rf / #",
  ];

  it("come out of a real shell unchanged", () => {
    const line = shellWords(["printf", "%s\\0", ...hostile]);
    const words = execFileSync("/bin/sh", ["-c", line], { encoding: "utf8" }).split("\0").slice(0, -1);
    expect(words).toEqual(hostile);
  });

  it("refuse what no shell can pass on", () => {
    expect(() => shellWords(["echo", "a\0b"])).toThrow(ShellWordError);
    expect(() => shellWords([])).toThrow(ShellWordError);
  });
});

describe("host keys", () => {
  // The public key of this test, and what `ssh-keygen -l` says of it.
  const blob = Buffer.from("AAAAC3NzaC1lZDI1NTE5AAAAIGtR5zWaGmUXBB4QcTtLPwyVqKOUuiJJTtLMSQmzNYJr", "base64");

  it("are described by type and OpenSSH fingerprint", () => {
    expect(describeHostKey(blob).type).toBe("ssh-ed25519");
    expect(describeHostKey(blob).fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  });

  it("differ when type or fingerprint differs", () => {
    const key = describeHostKey(blob);
    expect(sameHostKey(key, { ...key })).toBe(true);
    expect(sameHostKey(key, { ...key, type: "ssh-rsa" })).toBe(false);
    expect(sameHostKey(key, { ...key, fingerprint: "SHA256:other" })).toBe(false);
  });

  it("of the pinned type are asked for first, and no other is left out", () => {
    expect(hostKeyAlgorithms("ssh-rsa").slice(0, 2)).toEqual(["rsa-sha2-512", "rsa-sha2-256"]);
    expect(hostKeyAlgorithms("ecdsa-sha2-nistp384")[0]).toBe("ecdsa-sha2-nistp384");
    expect(new Set(hostKeyAlgorithms("ssh-ed25519")).size).toBe(6);
  });

  it("with a type longer than any are refused", () => {
    expect(() => describeHostKey(Buffer.from("ffffffff", "hex"))).toThrow("declared length");
  });
});
