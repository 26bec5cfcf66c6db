import { describe, expect, it } from "vitest";
import { readConfig } from "../src/config.ts";

const env = { DATABASE_URL: "postgresql://u:p@h/d" };

describe("readConfig", () => {
  it("has defaults for everything but the database", () => {
    const defaults = { listenHost: "127.0.0.1", listenPort: 8774, publicUrl: null, adminPassword: null, keystone: null, logLevel: "info" };
    expect(readConfig(env)).toEqual({ databaseUrl: env.DATABASE_URL, ...defaults });
  });

  it("reads an IPv6 address", () => {
    expect(readConfig({ ...env, FERRY_LISTEN: "[::]:80" })).toMatchObject({ listenHost: "::", listenPort: 80 });
  });

  it.each([
    [{}, "DATABASE_URL"],
    [{ ...env, FERRY_LISTEN: "8774" }, "FERRY_LISTEN"],
    [{ ...env, FERRY_LISTEN: "h:99999" }, "FERRY_LISTEN"],
    [{ ...env, FERRY_PUBLIC_URL: "ferry.example" }, "FERRY_PUBLIC_URL"],
    [{ ...env, FERRY_KEYSTONE_URL: "keystone" }, "FERRY_KEYSTONE_URL"],
    [{ ...env, FERRY_KEYSTONE_URL: "https://k/v3", FERRY_KEYSTONE_USER: "ferry" }, "FERRY_KEYSTONE_PASSWORD"],
  ])("names the variable that is wrong: %j", (wrong, name) => {
    expect(() => readConfig(wrong)).toThrow(name);
  });
});
