import { describe, expect, it } from "vitest";
import { ConnectionLostError, encodeEvent, encodePacket, encodeReply, programs, QueueOverflowError, XdrError } from "../src/index.ts";
import { ScriptedPeer, settle } from "./support/peer.ts";
import { kt11 } from "./support/vectors.ts";

const rejection = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

const lifecycle = (detail: number): Buffer => encodeEvent("lifecycle", { callbackId: 32, dom: kt11, event: 2, detail });

/** A client that has subscribed to lifecycle events. */
async function subscribed(options: { capacity?: number; signal?: AbortSignal } = {}) {
  const peer = new ScriptedPeer();
  const subscription = peer.client.subscribe(["lifecycle"], options);
  peer.reply(await peer.callNumber(1), "connectDomainEventCallbackRegisterAny", { callbackId: 32 });
  return { peer, stream: await subscription };
}

describe("a subscription", () => {
  it("registers each kind for all guests", async () => {
    const { peer } = await subscribed();
    expect(peer.calls[0]).toMatchObject({ name: "connectDomainEventCallbackRegisterAny", args: { eventId: 0, dom: null } });
  });

  it("yields events with their kind, in order", async () => {
    const { peer, stream } = await subscribed();
    peer.send(lifecycle(0), lifecycle(1));
    expect((await stream.next()).value).toEqual({ kind: "lifecycle", callbackId: 32, dom: kt11, event: 2, detail: 0 });
    expect((await stream.next()).value).toMatchObject({ detail: 1 });
  });

  it("yields the events that arrive before the reply to its registration", async () => {
    const peer = new ScriptedPeer();
    const subscription = peer.client.subscribe(["lifecycle"]);
    const { serial } = await peer.callNumber(1);
    peer.send(lifecycle(7), encodeReply({ name: "connectDomainEventCallbackRegisterAny", serial }, { callbackId: 32 }));
    expect((await (await subscription).next()).value).toMatchObject({ detail: 7 });
  });

  it("merges kinds of guests, pools and networks into one order", async () => {
    const peer = new ScriptedPeer();
    const subscription = peer.client.subscribe(["lifecycle", "poolRefresh", "networkLifecycle"]);
    await peer.callNumber(3);
    for (const call of peer.calls) {
      const name = call.name;
      if (name === "connectDomainEventCallbackRegisterAny") peer.reply(call, name, { callbackId: 1 });
      else if (name === "connectStoragePoolEventRegisterAny") peer.reply(call, name, { callbackId: 2 });
      else peer.reply(call, "connectNetworkEventRegisterAny", { callbackId: 3 });
    }
    const stream = await subscription;
    const pool = { name: "default", uuid: kt11.uuid };
    peer.send(encodeEvent("poolRefresh", { callbackId: 2, pool }), lifecycle(0));
    expect([(await stream.next()).value?.kind, (await stream.next()).value?.kind]).toEqual(["poolRefresh", "lifecycle"]);
  });

  it("shares the registration with a second one, and both get every event", async () => {
    const { peer, stream } = await subscribed();
    const second = await peer.client.subscribe(["lifecycle"]);
    expect(peer.calls).toHaveLength(1);
    peer.send(lifecycle(3));
    expect((await stream.next()).value).toMatchObject({ detail: 3 });
    expect((await second.next()).value).toMatchObject({ detail: 3 });
  });

  it("fails when the daemon does not know the event, and can be tried again", async () => {
    const peer = new ScriptedPeer();
    const subscription = rejection(peer.client.subscribe(["memoryDeviceSize"]));
    const { program, procedure, serial } = await peer.callNumber(1);
    const { encodeError } = await import("../src/index.ts");
    peer.send(encodeError({ program, procedure, serial }, { code: 8, domain: 20 }));
    expect(await subscription).toMatchObject({ code: 8 });
    const again = peer.client.subscribe(["memoryDeviceSize"]);
    peer.reply(await peer.callNumber(2), "connectDomainEventCallbackRegisterAny", { callbackId: 9 });
    await again;
  });
});

describe("a slow reader", () => {
  it("does not hold up calls", async () => {
    const { peer } = await subscribed();
    peer.send(...Array.from({ length: 500 }, () => lifecycle(0)));
    const hostname = peer.client.call("connectGetHostname");
    peer.reply(await peer.callNumber(2), "connectGetHostname", { hostname: "compute1" });
    expect(await hostname).toEqual({ hostname: "compute1" });
  });

  it("gets what fitted and then an error that says so", async () => {
    const { peer, stream } = await subscribed({ capacity: 2 });
    peer.send(lifecycle(0), lifecycle(1), lifecycle(2));
    await settle();
    expect((await stream.next()).value).toMatchObject({ detail: 0 });
    expect((await stream.next()).value).toMatchObject({ detail: 1 });
    expect(await rejection(stream.next())).toBeInstanceOf(QueueOverflowError);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });
});

describe("the end of a subscription", () => {
  it("comes with the connection's end, after what was received", async () => {
    const { peer, stream } = await subscribed();
    peer.send(lifecycle(0));
    await settle();
    peer.side.end();
    await peer.client.closed;
    expect((await stream.next()).value).toMatchObject({ detail: 0 });
    expect(await rejection(stream.next())).toBeInstanceOf(ConnectionLostError);
  });

  it("reaches a reader that waits", async () => {
    const { peer, stream } = await subscribed();
    const waiting = rejection(stream.next());
    peer.side.end();
    expect(await waiting).toBeInstanceOf(ConnectionLostError);
  });

  it("comes with the signal, with its reason", async () => {
    const stop = new AbortController();
    const { stream } = await subscribed({ signal: stop.signal });
    const waiting = rejection(stream.next());
    stop.abort("enough");
    expect(await waiting).toBe("enough");
  });

  it("comes when the loop is left, without harm to others", async () => {
    const { peer, stream } = await subscribed();
    const other = await peer.client.subscribe(["lifecycle"]);
    peer.send(lifecycle(0));
    for await (const event of stream) {
      expect(event.detail).toBe(0);
      break;
    }
    peer.send(lifecycle(1));
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect([(await other.next()).value?.detail, (await other.next()).value?.detail]).toEqual([0, 1]);
  });

  it("comes with an event that cannot be decoded; the connection stays", async () => {
    const { peer, stream } = await subscribed();
    peer.send(
      encodePacket({ program: programs.remote, procedure: 318, type: 2, serial: 1, status: 0 }, Buffer.from("00000020ffffffff", "hex")),
    );
    expect(await rejection(stream.next())).toBeInstanceOf(XdrError);
    expect(peer.client.isOpen).toBe(true);
  });

  it("is not caused by an event that nobody knows", async () => {
    const { peer, stream } = await subscribed();
    peer.send(encodePacket({ program: programs.remote, procedure: 9999, type: 2, serial: 1, status: 0 }), lifecycle(4));
    expect((await stream.next()).value).toMatchObject({ detail: 4 });
  });
});
