import { readFileSync } from "node:fs";
import { catalogue, type ErrorCode, errorKinds, FerryError, fail } from "@ferry/core";
import { describe, expect, it } from "vitest";
import { faultOf, statusOfKind } from "../src/fault.ts";

const page = readFileSync(new URL("../../../docs/http-status-codes.md", import.meta.url), "utf8");
const rows = [...page.matchAll(/^\| `([A-Z_]+)` \| (\d{3}) \|/gm)].map(([, code, status]) => [code ?? "", Number(status)] as const);
const codes = Object.keys(catalogue) as ErrorCode[];

describe("the error catalogue", () => {
  it.each(codes)("%s has a status, and docs/http-status-codes.md says the same", (code) => {
    expect(rows.filter(([name]) => name === code)).toEqual([[code, statusOfKind[catalogue[code].kind]]]);
  });

  it("is all that docs/http-status-codes.md names", () => {
    expect(rows.map(([code]) => code).toSorted()).toEqual(codes.toSorted());
  });

  it("has a status for each kind and no other", () => {
    expect(Object.keys(statusOfKind).toSorted()).toEqual([...errorKinds].toSorted());
  });
});

describe("faultOf", () => {
  it.each([
    ["badRequest", 400, fail("MALFORMED_BODY")],
    ["forbidden", 403, fail("POLICY_FORBIDS", { rule: "x" })],
    ["itemNotFound", 404, fail("SERVER_NOT_FOUND", { id: "x" })],
    ["badMethod", 405, fail("METHOD_NOT_ALLOWED", { method: "PUT" })],
    ["computeFault", 406, fail("VERSION_OUT_OF_RANGE", { version: "2.99", minimum: "2.1", maximum: "2.96" })],
    ["conflictingRequest", 409, fail("SERVER_LOCKED", { id: "x" })],
    ["overLimit", 413, fail("BODY_TOO_LARGE", { limitBytes: 1 })],
    ["badMediaType", 415, fail("CONTENT_TYPE_UNSUPPORTED", { contentType: "text/x", wanted: "application/json" })],
    ["computeFault", 500, fail("INTERNAL")],
    ["notImplemented", 501, fail("LIBVIRT_CALL_MISSING", { host: "h", call: "c", version: "1" })],
    ["serviceUnavailable", 503, fail("WORKER_SILENT", { seconds: 60 })],
  ])("puts Nova's key %s around a %i", (key, status, error) => {
    expect(faultOf(error, "/v2.1/servers")).toEqual({
      status,
      code: error.code,
      body: { [key]: { code: status, message: error.message } },
    });
  });

  it("answers a missing token in identity's form everywhere, and everything under /identity", () => {
    const unauthenticated = fail("UNAUTHENTICATED");
    const body = { error: { code: 401, title: "Unauthorized", message: unauthenticated.message } };
    expect(faultOf(unauthenticated, "/v2.1/servers").body).toEqual(body);
    const unknown = fail("IDENTITY_NOT_FOUND", { kind: "token", id: "given" });
    expect(faultOf(unknown, "/identity/v3/auth/tokens").body).toEqual({
      error: { code: 404, title: "Not Found", message: unknown.message },
    });
  });

  it("tells nothing of an error that is not in the catalogue", () => {
    const fault = faultOf(new Error("password is hunter2"), "/v2.1/servers");
    expect(fault.status).toBe(500);
    expect(JSON.stringify(fault)).not.toContain("hunter2");
  });

  it("never tells a cause", () => {
    const fault = faultOf(
      new FerryError("HOST_UNREACHABLE", "Cannot reach host a.", { cause: new Error("secret detail") }),
      "/ferry/v1/hosts",
    );
    expect(JSON.stringify(fault)).not.toContain("secret");
  });
});
