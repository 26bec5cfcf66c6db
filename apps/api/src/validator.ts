import { isIPv4, isIPv6 } from "node:net";
import type { Schema } from "@ferry/contract";
import { isUuid } from "@ferry/core";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { readTime } from "./times.ts";

/** What is wrong with a value: where (names and indexes from the outside in), the value there, and why, in jsonschema's words. */
export interface Complaint {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly reason: string;
}

export type Check = (value: unknown) => Complaint | null;

/** Strict: what the schema does not know is refused; lenient: it is dropped. Defaults of the schema are filled in. */
const engines = { strict: engine(false), lenient: engine("all") } as const;

/** Compiles a schema that stands alone. The check may fill in defaults and, when lenient, drop unknown keys of the value it is given. */
export function compile(schema: Schema, mode: keyof typeof engines): Check {
  const validate = engines[mode].compile(schema);
  return (value) => (validate(value) ? null : complaintOf(validate, value));
}

function engine(removeAdditional: false | "all"): Ajv2020 {
  const ajv = new Ajv2020({ strict: false, allErrors: false, verbose: true, useDefaults: true, removeAdditional });
  ajv.addFormat("regex", isRegex);
  ajv.addFormat("nova-time", (text: string) => readTime(text) !== null);
  ajv.addFormat("ipv4", isIPv4);
  ajv.addFormat("ipv6", isIPv6);
  ajv.addFormat("uuid", isUuid);
  ajv.addFormat("date-time", (text: string) => readTime(text) !== null);
  return ajv;
}

/** Without the flag `u`, which forbids harmless escapes such as `\-`; what the database does not understand it refuses itself. */
function isRegex(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** Of alternatives that all failed, the complaint that got farthest into the value says most. */
function complaintOf(validate: ValidateFunction, value: unknown): Complaint {
  const errors = validate.errors ?? [];
  const depth = (error: ErrorObject): number => error.instancePath.split("/").length;
  const [worst] = errors.toSorted((a, b) => depth(b) - depth(a) || weight(a) - weight(b));
  if (worst === undefined) return { path: [], value, reason: "is not valid" };
  const path = worst.instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  return { path, value: worst.data, reason: reasonOf(worst) };
}

const weight = (error: ErrorObject): number => (error.keyword === "type" && error.params.type === "null" ? 1 : 0);

const reasons: Readonly<Record<string, (error: ErrorObject) => string>> = {
  required: (error) => `'${error.params.missingProperty}' is a required property`,
  additionalProperties: (error) => `Additional properties are not allowed ('${error.params.additionalProperty}' was unexpected)`,
  type: (error) =>
    `${show(error.data, true)} is not of type ${[error.params.type]
      .flat()
      .map((type) => `'${type}'`)
      .join(", ")}`,
  enum: (error) => `${show(error.data, true)} is not one of ${show(error.params.allowedValues, true)}`,
  const: (error) => `${show(error.params.allowedValue, true)} was expected`,
  pattern: (error) => `${show(error.data, true)} does not match '${error.params.pattern}'`,
  format: (error) => `${show(error.data, true)} is not a '${error.params.format}'`,
  minLength: (error) => `${show(error.data, true)} is too short`,
  maxLength: (error) => `${show(error.data, true)} is too long`,
  minItems: (error) => `${show(error.data, true)} is too short`,
  maxItems: (error) => `${show(error.data, true)} is too long`,
  minProperties: (error) => `${show(error.data, true)} does not have enough properties`,
  maxProperties: (error) => `${show(error.data, true)} has too many properties`,
  minimum: (error) => `${show(error.data, true)} is less than the minimum of ${error.params.limit}`,
  maximum: (error) => `${show(error.data, true)} is greater than the maximum of ${error.params.limit}`,
};

const reasonOf = (error: ErrorObject): string => reasons[error.keyword]?.(error) ?? `${show(error.data, true)} is not valid`;

const longest = 200;

/** A JSON value in the notation of Nova's messages (None, True, 'text'), cut when long; quotes around a text only when asked. */
export function show(value: unknown, quoted: boolean): string {
  const text = write(value, quoted);
  return text.length > longest ? `${text.slice(0, longest)}...` : text;
}

function write(value: unknown, quoted: boolean): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "string") return quoted ? `'${value}'` : value;
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map((item) => write(item, true)).join(", ")}]`;
  if (typeof value !== "object") return String(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `'${key}': ${write(item, true)}`)
    .join(", ")}}`;
}
