import { describe, expect, it } from "vitest";
import { type Contract, judge } from "./judge.ts";
import type { UpstreamApi } from "./operations.ts";

const body = (properties: object) => ({ requestBody: { content: { "application/json": { schema: { properties } } } } });
const contract = {
  paths: {
    "/v2.1": { get: {} },
    "/v2.1/servers": { get: {} },
    "/v2.1/servers/{server_id}/tags": { get: { "x-microversion": { min: "2.26" } } },
    "/v2.1/os-agents": { get: { "x-declined": 410 } },
    "/v2.1/servers/{server_id}/action": {
      post: body({ lock: {}, shelve: { "x-declined": 501 }, crash: { "x-microversion": { min: "2.17" } } }),
    },
  },
} as Contract;
const api: UpstreamApi = { title: "Compute", root: "/v2.1", groups: [] };
const group = { title: "Some", absent: "No such service.", operations: [] };

describe("judge", () => {
  it.each([
    ["GET /", { kind: "served", range: {} }],
    ["GET /servers", { kind: "served", range: {} }],
    ["GET /servers/{id}/tags", { kind: "served", range: { min: "2.26" } }],
    ["GET /os-agents", { kind: "declined", range: {}, status: 410 }],
    ["POST /servers/{id}/action#lock", { kind: "served", range: {} }],
    ["POST /servers/{id}/action#shelve", { kind: "declined", range: {}, status: 501 }],
    ["POST /servers/{id}/action#crash", { kind: "served", range: { min: "2.17" } }],
    ["PUT /servers", { kind: "absent", reason: "No such service." }],
    ["POST /servers/{id}/action#fly", { kind: "absent", reason: "No such service." }],
  ])("%s", (call, verdict) => expect(judge(contract, api, group, { call })).toEqual(verdict));

  it("takes a call's own reason before its group's, and says so when nobody gave one", () => {
    expect(judge(contract, api, group, { call: "PUT /x", absent: "Mine." })).toEqual({ kind: "absent", reason: "Mine." });
    expect(judge(contract, api, { title: "Some", operations: [] }, { call: "PUT /x" })).toEqual({ kind: "absent", reason: "Not built." });
  });
});
