import { duplexPair } from "node:stream";
import { describe, expect, it } from "vitest";
import { AuthUnsupportedError, decodeCall, decodePacket, encodeError, encodeReply, openLibvirt, PacketReader } from "../src/index.ts";

/** A daemon that asks for these kinds of login, knows `test:///default`, and writes down the calls. */
function daemon(types: number[]) {
  const [near, far] = duplexPair();
  const calls: unknown[] = [];
  const reader = new PacketReader();
  far.on("data", (chunk: Buffer) => {
    for (const bytes of reader.push(chunk)) {
      const call = decodeCall(decodePacket(bytes));
      calls.push(call.name === "connectOpen" ? [call.name, call.args] : call.name);
      far.write(answer(call));
    }
  });
  const answer = (call: ReturnType<typeof decodeCall>): Buffer => {
    if (call.name === "authList") return encodeReply({ name: call.name, serial: call.serial }, { types });
    if (call.name === "authPolkit") return encodeReply({ name: call.name, serial: call.serial }, { complete: 1 });
    if (call.name === "connectSupportsFeature") return encodeReply({ name: call.name, serial: call.serial }, { supported: 1 });
    if (call.name === "connectOpen" && call.args.name === "test:///default")
      return encodeReply({ name: call.name, serial: call.serial }, {});
    return encodeError(call, { code: 5, domain: 0, message: "no connection driver available" });
  };
  return { duplex: near, calls };
}

const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("opening libvirt", () => {
  it("opens the named driver for changes and lets the daemon ping", async () => {
    const { duplex, calls } = daemon([0]);
    (await openLibvirt(duplex, { uri: "test:///default" })).close();
    expect(calls).toEqual(["authList", ["connectOpen", { name: "test:///default", flags: 0 }], "connectSupportsFeature"]);
  });

  it("can be read-only and without the daemon's pings", async () => {
    const { duplex, calls } = daemon([]);
    (await openLibvirt(duplex, { uri: "test:///default", readOnly: true, serverKeepalive: false })).close();
    expect(calls).toEqual(["authList", ["connectOpen", { name: "test:///default", flags: 1 }]]);
  });

  it("passes polkit when the daemon asks for it", async () => {
    const { duplex, calls } = daemon([2]);
    (await openLibvirt(duplex, { uri: "test:///default" })).close();
    expect(calls[1]).toBe("authPolkit");
  });

  it("refuses a daemon that wants SASL, naming the setting, and hangs up", async () => {
    const { duplex } = daemon([1]);
    const error = await rejection(openLibvirt(duplex, { uri: "test:///default" }));
    expect(error).toBeInstanceOf(AuthUnsupportedError);
    expect(String(error)).toContain("auth_unix_rw");
    expect(duplex.destroyed).toBe(true);
  });

  it("hangs up when the daemon has no such driver", async () => {
    const { duplex } = daemon([0]);
    expect(await rejection(openLibvirt(duplex, { uri: "vbox:///session" }))).toMatchObject({ code: 5 });
    expect(duplex.destroyed).toBe(true);
  });
});
