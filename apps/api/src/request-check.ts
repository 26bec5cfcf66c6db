import { bodySchemaAt, type Operation, parametersAt, patchSchemaOf, type Schema } from "@ferry/contract";
import { fail } from "@ferry/core";
import { type Check, type Complaint, compile, show } from "./validator.ts";

/** Query values after the check: a list for what may be repeated, else the last value given. */
export type Query = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface Checked {
  readonly query: Query;
  /** Keys that the contract does not know at this version and that were let through. */
  readonly unknownKeys: readonly string[];
}

/** Validators of one operation, compiled on first use and kept by version; `lenient` is for /v2. */
export class RequestCheck {
  readonly #operation: Operation;
  readonly #compiled = new Map<string, { schema: Schema; check: Check } | null>();

  constructor(operation: Operation) {
    this.#operation = operation;
  }

  /** Checks the JSON body at 2.`minor`. Throws VALIDATION_FAILED in Nova's words; with `lenient` unknown keys are dropped instead. */
  body(value: unknown, minor: number, lenient: boolean): void {
    const compiled = this.#compile(
      `body ${minor} ${lenient}`,
      lenient,
      () => bodySchemaAt(this.#operation, minor) ?? patchSchemaOf(this.#operation),
    );
    const complaint = compiled?.check(value) ?? null;
    if (complaint !== null) throw refusal(complaint, "field/attribute", complaint.path.at(-1));
  }

  /** Checks the query at 2.`minor`. Throws VALIDATION_FAILED naming the key. */
  query(raw: Readonly<Record<string, string | string[]>>, minor: number, lenient: boolean): Checked {
    const compiled = this.#compile(`query ${minor}`, false, () => querySchema(this.#operation, minor));
    const properties = compiled?.schema.properties ?? {};
    const query: Record<string, string | string[]> = {};
    const unknownKeys: string[] = [];
    for (const [key, value] of Object.entries(raw)) {
      const property = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (property === undefined) unknownKeys.push(key);
      else query[key] = property.type === "array" ? [value].flat() : ([value].flat().at(-1) ?? "");
    }
    const strictFrom = this.#operation.strictQueryFrom;
    const [unexpected] = unknownKeys;
    if (unexpected !== undefined && !lenient && strictFrom !== null && minor >= strictFrom) throw unexpectedKey(unexpected);
    const complaint = compiled?.check(query) ?? null;
    if (complaint !== null) throw refusal(complaint, "query parameters", complaint.path[0]);
    return { query, unknownKeys };
  }

  /** Checks the headers that the operation declares. Header names are matched in lower case, as Node gives them. */
  headers(raw: Readonly<Record<string, string | string[] | undefined>>): void {
    const compiled = this.#compile("headers", false, () => headerSchema(this.#operation));
    const given = Object.keys(compiled?.schema.properties ?? {}).flatMap((name) => {
      const value = [raw[name]].flat()[0];
      return value === undefined ? [] : [[name, value] as const];
    });
    const complaint = compiled?.check(Object.fromEntries(given)) ?? null;
    if (complaint !== null) throw refusal(complaint, "header", complaint.path[0]);
  }

  #compile(key: string, lenient: boolean, schemaOf: () => Schema | null): { schema: Schema; check: Check } | null {
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    const schema = schemaOf();
    const compiled = schema === null ? null : { schema, check: compile(schema, lenient ? "lenient" : "strict") };
    this.#compiled.set(key, compiled);
    return compiled;
  }
}

function refusal(complaint: Complaint, what: string, where: string | undefined): Error {
  if (where === undefined) return fail("VALIDATION_FAILED", { sentence: complaint.reason });
  const sentence = `Invalid input for ${what} ${where}. Value: ${show(complaint.value, false)}. ${complaint.reason}`;
  return fail("VALIDATION_FAILED", { sentence });
}

/** The refusal of a query key that is not known at this version. */
export function unexpectedKey(key: string): Error {
  const sentence = `Additional properties are not allowed ('${show(key, false)}' was unexpected)`;
  return fail("VALIDATION_FAILED", { sentence });
}

function querySchema(operation: Operation, minor: number): Schema {
  const parameters = parametersAt(operation, "query", minor);
  return { type: "object", properties: Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.schema])) };
}

function headerSchema(operation: Operation): Schema {
  const parameters = parametersAt(operation, "header", 0);
  const named = parameters.map((parameter) => [parameter.name.toLowerCase(), parameter.schema] as const);
  const required = parameters.filter((parameter) => parameter.required === true).map((parameter) => parameter.name.toLowerCase());
  return { type: "object", properties: Object.fromEntries(named), required };
}
