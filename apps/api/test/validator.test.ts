import { describe, expect, it } from "vitest";
import { compile, show } from "../src/validator.ts";

const schema = {
  type: "object",
  additionalProperties: false,
  required: ["a"],
  properties: {
    a: {
      type: "object",
      additionalProperties: false,
      required: ["b"],
      properties: { b: { anyOf: [{ type: "string", maxLength: 3 }, { type: "null" }] } },
    },
    when: { type: "string", format: "nova-time" },
    port: { type: "integer", default: 22 },
  },
} as const;

describe("compile", () => {
  it.each([
    ["a missing key", {}, [], "'a' is a required property"],
    ["a key too many", { a: { b: null }, z: 1 }, [], "Additional properties are not allowed ('z' was unexpected)"],
    ["the inner key", { a: { b: null, z: 1 } }, ["a"], "Additional properties are not allowed ('z' was unexpected)"],
    ["the alternative that fits best", { a: { b: "long" } }, ["a", "b"], "'long' is too long"],
    ["a wrong type", { a: { b: 3 } }, ["a", "b"], "3 is not of type 'string'"],
    ["no time", { a: { b: null }, when: "yesterday" }, ["when"], "'yesterday' is not a 'nova-time'"],
    ["no object", null, [], "None is not of type 'object'"],
  ])("complains of %s", (_, value, path, reason) => {
    expect(compile(schema, "strict")(value)).toMatchObject({ path, reason });
  });

  it("fills in defaults", () => {
    const value: Record<string, unknown> = { a: { b: null } };
    expect(compile(schema, "strict")(value)).toBeNull();
    expect(value.port).toBe(22);
  });

  it("drops what it does not know when lenient", () => {
    const value = { a: { b: "x", z: 1 }, y: 2 };
    expect(compile(schema, "lenient")(value)).toBeNull();
    expect(value).toEqual({ a: { b: "x" }, port: 22 });
  });
});

describe("show", () => {
  it("writes values as Nova's messages do, and cuts long ones", () => {
    expect(show({ host: null, force: true, tags: ["a"] }, false)).toBe("{'host': None, 'force': True, 'tags': ['a']}");
    expect(show("text", false)).toBe("text");
    expect(show("x".repeat(10_000), true).length).toBeLessThan(210);
  });
});
