import { afterEach, describe, expect, it, vi } from "vitest";
import {
  type DecodedCall,
  decode,
  downloadSparseVolume,
  downloadVolume,
  encodeStreamData,
  encodeStreamError,
  encodeStreamFinish,
  encodeStreamHole,
  messageTypes,
  type StreamOwner,
  type UnknownCall,
  uploadVolume,
} from "../src/index.ts";
import { streamHole } from "../src/procedures.ts";
import { ScriptedPeer, settle } from "./support/peer.ts";

afterEach(() => vi.useRealTimers());

const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );
const vol = { pool: "default", name: "vda.raw", key: "/pool/vda.raw" };
const MIB = 1024 * 1024;
const eof = (owner: StreamOwner): Buffer => encodeStreamData(owner, Buffer.alloc(0));

/** A peer whose client downloads; the call is answered. */
async function downloading(read: (peer: ScriptedPeer) => AsyncGenerator<unknown>) {
  const peer = new ScriptedPeer();
  const parts = read(peer);
  const first = parts.next();
  const call = await peer.callNumber(1);
  peer.reply(call, "storageVolDownload", {});
  return { peer, parts, first, call };
}

/** Status words of the stream packets that the client has sent. */
async function clientStatuses(peer: ScriptedPeer, count: number): Promise<number[]> {
  return (await peer.packetsOf(messageTypes.stream, count)).map(({ header }) => header.status);
}

describe("download", () => {
  it("yields the data and finishes when the daemon has sent its last packet", async () => {
    const { peer, parts, first, call } = await downloading((p) => downloadVolume(p.client, vol));
    peer.send(encodeStreamData(call, Buffer.from("hello ")), encodeStreamData(call, Buffer.from("world")), eof(call));
    expect((await first).value).toEqual(Buffer.from("hello "));
    expect((await parts.next()).value).toEqual(Buffer.from("world"));
    const end = parts.next();
    expect(await clientStatuses(peer, 1)).toEqual([0]);
    peer.send(encodeStreamFinish(call));
    expect((await end).done).toBe(true);
  });

  it("asks for the range it was given", async () => {
    const { call } = await downloading((p) => downloadSparseVolume(p.client, vol, { offset: 512n, length: 1024n }));
    expect(call).toMatchObject({ args: { vol, offset: 512n, length: 1024n, flags: 1 } });
  });

  it("yields holes", async () => {
    const { peer, parts, first, call } = await downloading((p) => downloadSparseVolume(p.client, vol));
    peer.send(encodeStreamHole(call, 5_000_000_000n), encodeStreamData(call, Buffer.from("x")));
    expect((await first).value).toEqual({ hole: 5_000_000_000n });
    expect((await parts.next()).value).toEqual(Buffer.from("x"));
  });

  it("takes data that arrives together with the reply", async () => {
    const peer = new ScriptedPeer();
    const first = downloadVolume(peer.client, vol).next();
    const call = await peer.callNumber(1);
    const { encodeReply } = await import("../src/index.ts");
    peer.send(encodeReply({ name: "storageVolDownload", serial: call.serial }, {}), encodeStreamData(call, Buffer.from("early")));
    expect((await first).value).toEqual(Buffer.from("early"));
  });

  it("throws the daemon's error, even one that arrives together with the reply", async () => {
    const peer = new ScriptedPeer();
    const first = rejection(downloadVolume(peer.client, vol).next());
    const call = await peer.callNumber(1);
    const { encodeReply } = await import("../src/index.ts");
    peer.send(
      encodeReply({ name: "storageVolDownload", serial: call.serial }, {}),
      encodeStreamError(call, { code: 38, domain: 38, int1: 5 }),
    );
    expect(await first).toMatchObject({ code: 38, int1: 5 });
    expect(peer.client.isOpen).toBe(true);
  });

  it("aborts when its reader leaves, and waits until the daemon has let go", async () => {
    const { peer, parts, first, call } = await downloading((p) => downloadVolume(p.client, vol));
    peer.send(encodeStreamData(call, Buffer.from("x")));
    await first;
    let left = false;
    const leaving = parts.return(undefined).then(() => {
      left = true;
    });
    expect(await clientStatuses(peer, 1)).toEqual([1]);
    await settle();
    expect(left).toBe(false);
    peer.send(encodeStreamData(call, Buffer.from("still on its way")), encodeStreamFinish(call));
    await leaving;
  });

  it("stops reading when its reader is slow, and goes on when it reads", async () => {
    const { peer, parts, first, call } = await downloading((p) => downloadVolume(p.client, vol));
    const chunk = encodeStreamData(call, Buffer.alloc(MIB / 2));
    for (let i = 0; i < 20; i++) peer.side.write(chunk);
    await first;
    await settle();
    expect(peer.clientSide.isPaused()).toBe(true);
    for (let i = 0; i < 19; i++) await parts.next();
    expect(peer.clientSide.isPaused()).toBe(false);
  });

  it("ends with the connection", async () => {
    const { peer, first } = await downloading((p) => downloadVolume(p.client, vol));
    const error = rejection(first);
    peer.side.end();
    expect(await error).toMatchObject({ name: "ConnectionLostError" });
  });

  it("aborts on its signal", async () => {
    const stop = new AbortController();
    const { peer, first, call } = await downloading((p) => downloadVolume(p.client, vol, { signal: stop.signal }));
    const error = rejection(first);
    await settle();
    stop.abort("enough");
    expect(await clientStatuses(peer, 1)).toEqual([1]);
    peer.send(encodeStreamFinish(call));
    expect(await error).toBe("enough");
  });

  it("drops the connection when the daemon falls silent", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { peer, first } = await downloading((p) => downloadVolume(p.client, vol, { idleMs: 1_000 }));
    const error = rejection(first);
    await settle();
    vi.advanceTimersByTime(1_000);
    expect(await error).toMatchObject({ name: "CallDeadlineError", deadlineMs: 1_000 });
    await peer.client.closed;
  });

  it("throws when a hole cannot be decoded, and keeps the connection for others", async () => {
    const { peer, first, call } = await downloading((p) => downloadSparseVolume(p.client, vol));
    const { encodePacket } = await import("../src/index.ts");
    const { program, procedure, serial } = call;
    peer.send(encodePacket({ program, procedure, serial, type: messageTypes.streamHole, status: 2 }, Buffer.alloc(3)));
    expect(await rejection(first)).toMatchObject({ name: "XdrError" });
    expect(peer.client.isOpen).toBe(true);
  });
});

describe("upload", () => {
  /** A peer whose client uploads; the call is answered. */
  async function uploading(source: Iterable<Buffer | { hole: bigint }> | AsyncIterable<Buffer>, options = {}) {
    const peer = new ScriptedPeer();
    const upload = uploadVolume(peer.client, vol, source, options);
    const outcome = rejection(upload);
    const call: DecodedCall | UnknownCall = await peer.callNumber(1);
    peer.reply(call, "storageVolUpload", {});
    return { peer, outcome, call };
  }

  it("sends the data, finishes, and waits for the daemon's word", async () => {
    const { peer, outcome, call } = await uploading([Buffer.from("hello"), Buffer.alloc(0), Buffer.from("world")]);
    const packets = await peer.packetsOf(messageTypes.stream, 3);
    expect(packets.map(({ header, payload }) => [header.status, payload.toString()])).toEqual([
      [2, "hello"],
      [2, "world"],
      [0, ""],
    ]);
    peer.send(encodeStreamFinish(call));
    expect(await outcome).toBeUndefined();
  });

  it("cuts data into packets that every daemon takes", async () => {
    const { peer, call, outcome } = await uploading([Buffer.alloc(600_000, 7)]);
    const packets = await peer.packetsOf(messageTypes.stream, 4);
    expect(packets.map(({ payload }) => payload.length)).toEqual([262_120, 262_120, 75_760, 0]);
    peer.send(encodeStreamFinish(call));
    await outcome;
  });

  it("sends holes", async () => {
    const { peer, call, outcome } = await uploading([{ hole: 3n * 2n ** 32n }, Buffer.from("x")], { sparse: true });
    const [hole] = await peer.packetsOf(messageTypes.streamHole, 1);
    expect(hole && decode(streamHole, hole.payload)).toEqual({ length: 12_884_901_888n, flags: 0 });
    await peer.packetsOf(messageTypes.stream, 2);
    peer.send(encodeStreamFinish(call));
    await outcome;
    expect(call).toMatchObject({ args: { flags: 1 } });
  });

  it("does not run ahead of a transport that is full", async () => {
    let taken = 0;
    function* source(): Generator<Buffer> {
      for (; taken < 1_000; taken++) yield Buffer.alloc(64 * 1024);
    }
    const peer = new ScriptedPeer();
    const outcome = rejection(uploadVolume(peer.client, vol, source()));
    const call = await peer.callNumber(1);
    peer.side.pause();
    peer.reply(call, "storageVolUpload", {});
    await settle();
    expect(taken).toBeLessThan(20);
    peer.side.resume();
    await peer.packetsOf(messageTypes.stream, 1_001);
    peer.send(encodeStreamFinish(call));
    expect(await outcome).toBeUndefined();
    expect(taken).toBe(1_000);
  });

  it("rejects with the daemon's error at once, although the source has nothing to give", async () => {
    let closed = false;
    const source: AsyncIterable<Buffer> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: async () => {
          closed = true;
          return { done: true, value: undefined };
        },
      }),
    };
    const { peer, outcome, call } = await uploading(source);
    peer.send(encodeStreamError(call, { code: 38, domain: 18, message: "No space left on device", int1: 28 }));
    expect(await outcome).toMatchObject({ code: 38, int1: 28 });
    expect(closed).toBe(true);
  });

  it("aborts when its source fails", async () => {
    function* source(): Generator<Buffer> {
      yield Buffer.from("x");
      throw new Error("disk gone");
    }
    const { peer, outcome, call } = await uploading(source());
    expect(await clientStatuses(peer, 2)).toEqual([2, 1]);
    peer.send(encodeStreamFinish(call));
    expect(await outcome).toMatchObject({ message: "disk gone" });
  });
});
