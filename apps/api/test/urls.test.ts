import { describe, expect, it } from "vitest";
import { baseUrl, nextLink } from "../src/urls.ts";

describe("baseUrl", () => {
  it.each([
    ["the configured URL", "https://ferry.example/", "other:1", "https://ferry.example"],
    ["the Host header", null, "10.0.0.1:8774", "http://10.0.0.1:8774"],
    ["an IPv6 Host header", null, "[::1]:8774", "http://[::1]:8774"],
    ["the fallback when there is no Host", null, undefined, "http://fallback"],
    ["the fallback for a Host with a path", null, "a/b", "http://fallback"],
    ["the fallback for a Host with markup", null, "<b>", "http://fallback"],
  ])("is %s", (_, publicUrl, host, expected) => {
    expect(baseUrl(publicUrl, host, "http://fallback")).toBe(expected);
  });
});

describe("nextLink", () => {
  it("keeps every key in order and replaces the marker", () => {
    const link = nextLink("http://h", "/v2.1/servers", { status: ["a b", "c&d"], marker: "old", limit: "2" }, "new");
    expect(link).toEqual({ rel: "next", href: "http://h/v2.1/servers?limit=2&marker=new&status=a+b&status=c%26d" });
  });
});
