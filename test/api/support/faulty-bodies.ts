import type { Schema } from "@ferry/contract";
import { Ajv2020 } from "ajv/dist/2020.js";

/** A body made of a good one by one change. */
export interface FaultyBody {
  /** Where, and what was done there: `server.name: too long`. */
  readonly what: string;
  /** Whether a key is too many or missing; otherwise a value is wrong. */
  readonly ofShape: boolean;
  readonly body: unknown;
  /** Whether the schema forbids it. What it lets pass may still be refused for its meaning. */
  readonly forbidden: boolean;
}

/** Every change of one thing in a good body: at each level a key too many and each required key missing, and for each value another type and each limit passed. */
export function faultyBodies(schema: Schema, good: unknown): FaultyBody[] {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  const changes = [...changesAt(schema, good, "", (changed) => changed)];
  return changes.map(([what, body]) => ({
    ofShape: /a key too many$|missing$/.test(what),
    what,
    body,
    forbidden: !validate(structuredClone(body)) || JSON.stringify(body).includes("\\u0000"),
  }));
}

/** Whether the schema takes the body. */
export const takes = (schema: Schema, body: unknown): boolean =>
  new Ajv2020({ strict: false, validateFormats: false }).compile(schema)(structuredClone(body));

type Change = readonly [what: string, body: unknown];
/** Gives the whole body with the changed value in its place. */
type Put = (changed: unknown) => unknown;

function* changesAt(schema: Schema, good: unknown, where: string, put: Put): Generator<Change> {
  for (const [what, value] of wrongValues(schema)) yield [`${where}: ${what}`, put(value)];
  for (const alternative of [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]) {
    yield* changesInside(alternative, fits(alternative, good) ? good : sampleOf(alternative), where, put);
  }
  yield* changesInside(schema, good, where, put);
}

const fits = (schema: Schema, value: unknown): boolean => (schema.items === undefined ? isObject(value) : Array.isArray(value));

function* changesInside(schema: Schema, good: unknown, where: string, put: Put): Generator<Change> {
  if (Array.isArray(good) && schema.items !== undefined) {
    yield* changesAt(schema.items, good[0] ?? sampleOf(schema.items), `${where}[]`, (changed) => put([changed]));
  }
  if (!isObject(good)) return;
  const { properties = {}, required = [], additionalProperties } = schema;
  yield [`${where}: a key too many`, put({ ...good, surprise: { a: 1 } })];
  for (const name of required)
    yield [`${where}.${name}: missing`, put(Object.fromEntries(Object.entries(good).filter(([key]) => key !== name)))];
  for (const [name, property] of Object.entries(properties)) {
    yield* changesAt(property, good[name] ?? sampleOf(property), `${where}.${name}`, (changed) => put({ ...good, [name]: changed }));
  }
  if (typeof additionalProperties === "object") {
    yield* changesAt(additionalProperties, sampleOf(additionalProperties), `${where}.*`, (changed) => put({ ...good, any: changed }));
    yield [`${where}.*: a long name`, put({ ...good, ["k".repeat(300)]: sampleOf(additionalProperties) })];
  }
}

/** One value of each type and beyond each limit; the numbers are beyond 32 bits, 53 bits and 64 bits. */
function wrongValues({ enum: words, maxLength, minLength, maxItems }: Schema): Change[] {
  return [
    ["null", null],
    ["a boolean", true],
    ["a fraction", 3.5],
    ["less than nothing", -1],
    ["beyond 32 bits", 2 ** 31],
    ["beyond 53 bits", 2 ** 60],
    ["beyond 64 bits", 1e300],
    ["a long row of digits", "9".repeat(300)],
    ["an empty text", ""],
    ["a text with NUL", "\0"],
    ["a very long text", "x".repeat(5000)],
    ["an empty list", []],
    ["an object", { a: { b: 1 } }],
    ...(words === undefined ? [] : [["out of its words", "surprise"] as const]),
    ...(maxLength === undefined ? [] : [["too long", "x".repeat(maxLength + 1)] as const]),
    ...(minLength === undefined || minLength < 2 ? [] : [["too short", "x".repeat(minLength - 1)] as const]),
    ...(maxItems === undefined ? [] : [["too many", Array.from({ length: maxItems + 1 }, () => "x")] as const]),
  ];
}

/** A value of the schema's shape; its texts need not have the right form. */
function sampleOf(schema: Schema): unknown {
  const { const: only, enum: words, default: usual, type, properties = {}, required = [], items } = schema;
  if (only !== undefined || usual !== undefined) return only ?? usual;
  if (words !== undefined) return words[0];
  const [alternative] = schema.oneOf ?? schema.anyOf ?? [];
  if (alternative !== undefined) return sampleOf(alternative);
  switch ([type].flat()[0]) {
    case "object":
      return Object.fromEntries(required.map((name) => [name, sampleOf(properties[name] ?? {})]));
    case "array":
      return items === undefined ? [] : [sampleOf(items)];
    case "integer":
    case "number":
      return 1;
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return "x";
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
