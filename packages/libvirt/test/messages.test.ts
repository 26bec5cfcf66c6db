import { describe, expect, it } from "vitest";
import { decode, encode } from "../src/codec.ts";
import { wireError } from "../src/errors.ts";
import { eventKind, events } from "../src/events.ts";
import { decodePacket, encodePacket, ping, pong } from "../src/header.ts";
import { type ProcedureName, procedureName, procedures } from "../src/procedures.ts";
import { decodeCall, encodeError, encodeEvent, encodeReply } from "../src/server-codec.ts";
import { XdrError } from "../src/xdr-error.ts";
import * as vectors from "./support/vectors.ts";

describe("headers", () => {
  it.each(vectors.messages)("of $name are written as they are read", ({ bytes }) => {
    const { header, payload } = decodePacket(bytes);
    expect(encodePacket(header, payload)).toEqual(bytes);
  });

  it("keepalive messages are libvirt's", () => {
    expect([ping, pong]).toEqual([vectors.pingMessage.bytes, vectors.pongMessage.bytes]);
  });

  it("a message above the limit is not made", () => {
    const header = { program: 1, procedure: 1, type: 3, serial: 1, status: 2 };
    expect(() => encodePacket(header, Buffer.alloc(33_554_409))).toThrow(XdrError);
  });
});

describe("calls", () => {
  it("CONNECT_OPEN is decoded with its text", () => {
    expect(decodeCall(decodePacket(vectors.openCall.bytes))).toMatchObject({
      name: "connectOpen",
      args: { name: "qemu:///system", flags: 0 },
    });
  });

  it("DOMAIN_GET_STATE is encoded byte by byte as libvirt's own client does", () => {
    const payload = encode(procedures.domainGetState.args, { dom: vectors.kt11, flags: 0 });
    const { header } = decodePacket(vectors.getStateCall.bytes);
    expect(encodePacket(header, payload)).toEqual(vectors.getStateCall.bytes);
  });

  it("an unknown procedure has no name", () => {
    const { header } = decodePacket(vectors.openCall.bytes);
    expect(decodeCall({ header: { ...header, procedure: 9999 }, payload: Buffer.alloc(0) }).name).toBeUndefined();
  });

  it("every truncation of arguments is refused", () => {
    const { header, payload } = decodePacket(vectors.getStateCall.bytes);
    for (let length = 0; length < payload.length; length++) {
      expect(() => decodeCall({ header, payload: payload.subarray(0, length) })).toThrow(XdrError);
    }
  });
});

describe("replies", () => {
  it("LIB_VERSION carries nine millions", () => {
    expect(decode(procedures.connectGetLibVersion.ret, decodePacket(vectors.libVersionReply.bytes).payload)).toEqual({
      libVer: 9_000_000n,
    });
  });

  it("are encoded as the daemon does", () => {
    expect(encodeReply({ name: "domainGetState", serial: 8 }, { state: 1, reason: 1 })).toEqual(vectors.getStateReply.bytes);
    expect(encodeReply({ name: "authList", serial: 1 }, { types: [0] })).toEqual(vectors.authListReply.bytes);
  });

  it("errors are decoded and encoded with all their members", () => {
    const { header, payload } = decodePacket(vectors.errorReply.bytes);
    const error = decode(wireError, payload);
    expect(error).toMatchObject({ code: 42, domain: 10, message: "Domain not found", level: 2, str1: "%s", str3: null, int1: -1 });
    expect(encodeError(header, error)).toEqual(vectors.errorReply.bytes);
  });
});

describe("events", () => {
  it("lifecycle is encoded and decoded as the daemon does", () => {
    const payload = { callbackId: 0x20, dom: vectors.kt11, event: 2, detail: 0 };
    expect(encodeEvent("lifecycle", payload)).toEqual(vectors.lifecycleEvent.bytes);
    expect(decode(events.lifecycle.payload, decodePacket(vectors.lifecycleEvent.bytes).payload)).toEqual(payload);
  });
});

describe("the tables", () => {
  it("give every procedure a number of its own", () => {
    for (const name of Object.keys(procedures) as ProcedureName[])
      expect(procedureName(procedures[name].program, procedures[name].num)).toBe(name);
  });

  it("give every event a message of its own", () => {
    for (const [kind, { program, num }] of Object.entries(events)) expect(eventKind(program, num)).toBe(kind);
  });

  it("give the calls that last as long as a copy a longer deadline than ordinary ones", () => {
    expect(procedures.domainMigratePerform3Params.deadlineMs).toBeGreaterThan(3_600_000);
    expect(procedures.domainGetState.deadlineMs).toBe(35_000);
  });
});
