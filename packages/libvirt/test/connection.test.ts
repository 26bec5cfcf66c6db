import { afterEach, describe, expect, it, vi } from "vitest";
import {
  CallDeadlineError,
  ConnectionLostError,
  encodeError,
  encodePacket,
  isNoDomain,
  LibvirtError,
  messageTypes,
  ProtocolError,
  UnsupportedCallError,
  XdrError,
} from "../src/index.ts";
import { ScriptedPeer, settle } from "./support/peer.ts";
import { kt11 } from "./support/vectors.ts";

afterEach(() => vi.useRealTimers());

/** What a promise rejects with. */
const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("calls", () => {
  it("resolve with the decoded result", async () => {
    const peer = new ScriptedPeer();
    const state = peer.client.call("domainGetState", { dom: kt11, flags: 0 });
    const call = await peer.callNumber(1);
    expect(call).toMatchObject({ name: "domainGetState", serial: 1, args: { dom: kt11, flags: 0 } });
    peer.reply(call, "domainGetState", { state: 1, reason: 5 });
    expect(await state).toEqual({ state: 1, reason: 5 });
  });

  it("find their replies in any order", async () => {
    const peer = new ScriptedPeer();
    const first = peer.client.call("connectGetHostname");
    const second = peer.client.call("connectGetUri");
    const call = await peer.callNumber(2);
    peer.reply(call, "connectGetUri", { uri: "test:///default" });
    expect(await second).toEqual({ uri: "test:///default" });
    peer.reply(peer.calls[0] ?? call, "connectGetHostname", { hostname: "compute1" });
    expect(await first).toEqual({ hostname: "compute1" });
  });

  it("reject with libvirt's error, with all its members", async () => {
    const peer = new ScriptedPeer();
    const lookup = rejection(peer.client.call("domainLookupByName", { name: "gone" }));
    peer.send(encodeError(await peer.callNumber(1), { code: 42, domain: 10, message: "Domain not found", str2: "gone" }));
    const error = await lookup;
    expect(error).toBeInstanceOf(LibvirtError);
    expect(error).toMatchObject({
      procedure: "domainLookupByName",
      code: 42,
      domain: 10,
      level: 2,
      message: "Domain not found",
      str2: "gone",
      int1: -1,
    });
    expect(isNoDomain(error)).toBe(true);
  });

  it.each([3, 39])("reject as unsupported for code %i", async (code) => {
    const peer = new ScriptedPeer();
    const hostname = rejection(peer.client.call("connectGetHostname"));
    peer.send(encodeError(await peer.callNumber(1), { code, domain: 7 }));
    expect(await hostname).toBeInstanceOf(UnsupportedCallError);
    expect(peer.client.isOpen).toBe(true);
  });

  it("reject alone when their reply cannot be decoded", async () => {
    const peer = new ScriptedPeer();
    const state = rejection(peer.client.call("domainGetState", { dom: kt11, flags: 0 }));
    const { program, procedure, serial } = await peer.callNumber(1);
    peer.send(encodePacket({ program, procedure, serial, type: messageTypes.reply, status: 0 }, Buffer.alloc(4)));
    expect(await state).toBeInstanceOf(XdrError);
    const next = peer.client.call("connectGetHostname");
    peer.reply(await peer.callNumber(2), "connectGetHostname", { hostname: "compute1" });
    expect(await next).toEqual({ hostname: "compute1" });
  });

  it("reject alone when their arguments do not fit, and send nothing", async () => {
    const peer = new ScriptedPeer();
    expect(await rejection(peer.client.call("domainLookupByUuid", { uuid: "nonsense" }))).toBeInstanceOf(XdrError);
    await settle();
    expect(peer.packets).toEqual([]);
  });

  it("are at most four on the wire; the fifth follows the first reply", async () => {
    const peer = new ScriptedPeer();
    const calls = Array.from({ length: 6 }, () => peer.client.call("connectGetHostname"));
    await peer.callNumber(4);
    await settle();
    expect(peer.calls).toHaveLength(4);
    peer.reply(await peer.callNumber(2), "connectGetHostname", { hostname: "second" });
    await peer.callNumber(5);
    await settle();
    expect(peer.calls).toHaveLength(5);
    expect(await calls[1]).toEqual({ hostname: "second" });
    peer.side.destroy();
    await Promise.allSettled(calls);
  });
});

describe("the end of the connection", () => {
  it("rejects every call once: unknown fate on the wire, unsent in the queue", async () => {
    const peer = new ScriptedPeer();
    const fates: unknown[] = [];
    const calls = Array.from({ length: 6 }, () => rejection(peer.client.call("connectGetHostname")));
    await peer.callNumber(4);
    peer.side.end();
    for (const error of await Promise.all(calls)) fates.push(error instanceof ConnectionLostError && error.fate);
    expect(fates).toEqual(["unknown", "unknown", "unknown", "unknown", "unsent", "unsent"]);
    expect(await peer.client.closed).toBeInstanceOf(ConnectionLostError);
  });

  it("rejects later calls as unsent", async () => {
    const peer = new ScriptedPeer();
    peer.client.close();
    expect(await rejection(peer.client.call("connectGetHostname"))).toMatchObject({ name: "ConnectionLostError", fate: "unsent" });
  });

  it("keeps the transport's error as cause", async () => {
    const peer = new ScriptedPeer();
    peer.clientSide.destroy(new Error("reset"));
    expect((await peer.client.closed).cause).toMatchObject({ message: "reset" });
  });

  it.each([
    ["a reply that was not asked", encodePacket({ program: 0x20008086, procedure: 66, serial: 77, type: 1, status: 0 })],
    ["a message with file descriptors", encodePacket({ program: 0x20008086, procedure: 66, serial: 1, type: 5, status: 0 })],
  ])("follows from %s", async (_name, bytes) => {
    const peer = new ScriptedPeer();
    peer.send(bytes);
    expect((await peer.client.closed).cause).toBeInstanceOf(ProtocolError);
  });

  it.each([
    ["4 GiB", Buffer.from("ffffffff", "hex")],
    ["less than a header", Buffer.from("0000001b", "hex")],
  ])("follows from a declared length of %s", async (_name, bytes) => {
    const peer = new ScriptedPeer();
    const call = rejection(peer.client.call("connectGetHostname"));
    peer.send(bytes);
    expect((await peer.client.closed).cause).toMatchObject({ name: "FramingError" });
    expect(await call).toBeInstanceOf(ConnectionLostError);
  });
});

describe("deadlines", () => {
  it("drop the connection when the call is on the wire", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const peer = new ScriptedPeer();
    const slow = rejection(peer.client.call("connectGetHostname"));
    const other = rejection(peer.client.call("connectGetUri", {}, { deadlineMs: 60_000 }));
    await peer.callNumber(2);
    vi.advanceTimersByTime(35_000);
    expect(await slow).toMatchObject({ name: "CallDeadlineError", procedure: "connectGetHostname", deadlineMs: 35_000, fate: "unknown" });
    expect(await other).toBeInstanceOf(ConnectionLostError);
    expect((await peer.client.closed).cause).toBeInstanceOf(CallDeadlineError);
  });

  it("leave the connection alone when the call still waits for its turn", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const peer = new ScriptedPeer({ keepalive: false, maxInFlight: 1 });
    const long = peer.client.call("connectGetHostname", {}, { deadlineMs: 100_000 });
    const queued = rejection(peer.client.call("connectGetUri", {}, { deadlineMs: 10 }));
    const call = await peer.callNumber(1);
    vi.advanceTimersByTime(10);
    expect(await queued).toMatchObject({ name: "CallDeadlineError", fate: "unsent" });
    peer.reply(call, "connectGetHostname", { hostname: "compute1" });
    expect(await long).toEqual({ hostname: "compute1" });
    await settle();
    expect(peer.calls).toHaveLength(1);
  });
});

describe("abort", () => {
  it("rejects with the signal's reason and keeps the place until the reply", async () => {
    const peer = new ScriptedPeer({ keepalive: false, maxInFlight: 1 });
    const stop = new AbortController();
    const long = rejection(peer.client.call("connectGetHostname", {}, { signal: stop.signal }));
    const call = await peer.callNumber(1);
    const next = peer.client.call("connectGetUri");
    stop.abort("enough");
    expect(await long).toBe("enough");
    await settle();
    expect(peer.calls).toHaveLength(1);
    peer.reply(call, "connectGetHostname", { hostname: "late" });
    peer.reply(await peer.callNumber(2), "connectGetUri", { uri: "test:///default" });
    expect(await next).toEqual({ uri: "test:///default" });
  });

  it("of a waiting call takes it out of the queue", async () => {
    const peer = new ScriptedPeer({ keepalive: false, maxInFlight: 1 });
    const stop = new AbortController();
    const first = peer.client.call("connectGetHostname");
    const waiting = rejection(peer.client.call("connectGetUri", {}, { signal: stop.signal }));
    stop.abort("enough");
    expect(await waiting).toBe("enough");
    peer.reply(await peer.callNumber(1), "connectGetHostname", { hostname: "compute1" });
    await first;
    await settle();
    expect(peer.calls).toHaveLength(1);
  });

  it("before the call sends nothing", async () => {
    const peer = new ScriptedPeer();
    expect(await rejection(peer.client.call("connectGetHostname", {}, { signal: AbortSignal.abort("no") }))).toBe("no");
    await settle();
    expect(peer.packets).toEqual([]);
  });
});

describe("keepalive", () => {
  const { keepalive } = { keepalive: { intervalMs: 5_000, count: 2 } };

  it("answers a ping at once, even with the wire full of calls", async () => {
    const peer = new ScriptedPeer({ keepalive: false, maxInFlight: 1 });
    const calls = [rejection(peer.client.call("connectGetHostname")), rejection(peer.client.call("connectGetUri"))];
    await peer.callNumber(1);
    peer.send(Buffer.from("0000001c6b6565700000000100000001000000020000000000000000", "hex"));
    const [pong] = await peer.packetsOf(messageTypes.message, 1);
    expect(pong?.header).toMatchObject({ program: 0x6b656570, procedure: 2 });
    peer.client.close();
    await Promise.all(calls);
  });

  it("pings a silent daemon and gives up when pings bring nothing", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const peer = new ScriptedPeer({ keepalive });
    vi.advanceTimersByTime(10_000);
    expect(await peer.packetsOf(messageTypes.message, 1)).toHaveLength(1);
    vi.advanceTimersByTime(10_000);
    expect((await peer.client.closed).message).toContain("pings unanswered");
  });

  it("does not ping, or give up on, a daemon that talks", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const peer = new ScriptedPeer({ keepalive });
    for (let i = 0; i < 10; i++) {
      peer.send(Buffer.from("0000001c6b6565700000000100000002000000020000000000000000", "hex"));
      await settle();
      vi.advanceTimersByTime(5_000);
    }
    expect(peer.packets).toEqual([]);
    expect(peer.client.isOpen).toBe(true);
    peer.client.close();
  });
});
