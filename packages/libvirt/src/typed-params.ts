import { type Codec, double, hyper, int, list, text, uhyper, uint } from "./codec.ts";
import { XdrError } from "./xdr-error.ts";

/**
 * A named value with its type on the wire. libvirt refuses a parameter whose type is not the documented one (error 8) and one whose
 * name it does not know (error 74). A list is the same field repeated.
 */
export type TypedParam =
  | { readonly field: string; readonly type: "int" | "uint" | "double"; readonly value: number }
  | { readonly field: string; readonly type: "llong" | "ullong"; readonly value: bigint }
  | { readonly field: string; readonly type: "boolean"; readonly value: boolean }
  | { readonly field: string; readonly type: "string"; readonly value: string };

const flag: Codec<boolean> = { minBytes: 4, read: (r) => r.int() !== 0, write: (w, v) => w.int(v ? 1 : 0) };

/** Arms of the union in the order of their discriminants, which start at 1 (VIR_TYPED_PARAM_INT). */
const arms = { int, uint, llong: hyper, ullong: uhyper, double, boolean: flag, string: text } as const;
const armNames = Object.keys(arms) as TypedParam["type"][];

/** One typed parameter. */
export const typedParam: Codec<TypedParam> = {
  minBytes: 12,
  read: (r) => {
    const field = text.read(r);
    const type = armName(r.int());
    return { field, type, value: arms[type].read(r) } as TypedParam;
  },
  write: (w, param) => {
    text.write(w, param.field);
    w.int(armNames.indexOf(param.type) + 1);
    (arms[param.type] as Codec<unknown>).write(w, param.value);
  },
};

/** A list of at most `max` typed parameters. */
export function typedParams(max: number): Codec<TypedParam[]> {
  return list(typedParam, max);
}

function armName(discriminant: number): TypedParam["type"] {
  const name = armNames[discriminant - 1];
  if (!name) throw new XdrError(`Cannot decode typed parameter: type is ${discriminant}, must be 1 to ${armNames.length}`);
  return name;
}

/** Builders, so that a call's list reads as names and values. */
export const param = {
  int: (field: string, value: number): TypedParam => ({ field, type: "int", value }),
  uint: (field: string, value: number): TypedParam => ({ field, type: "uint", value }),
  ullong: (field: string, value: bigint): TypedParam => ({ field, type: "ullong", value }),
  boolean: (field: string, value: boolean): TypedParam => ({ field, type: "boolean", value }),
  string: (field: string, value: string): TypedParam => ({ field, type: "string", value }),
} as const;

/** The integer of this name, whatever its width on the wire; undefined when it was not sent. */
export function integerOf(params: readonly TypedParam[], field: string): bigint | undefined {
  const value = params.find((candidate) => candidate.field === field)?.value;
  if (typeof value === "bigint") return value;
  return typeof value === "number" && Number.isInteger(value) ? BigInt(value) : undefined;
}

/** The text of this name; undefined when it was not sent. */
export function textOf(params: readonly TypedParam[], field: string): string | undefined {
  const value = params.find((candidate) => candidate.field === field)?.value;
  return typeof value === "string" ? value : undefined;
}

/** The boolean of this name; undefined when it was not sent. */
export function booleanOf(params: readonly TypedParam[], field: string): boolean | undefined {
  const value = params.find((candidate) => candidate.field === field)?.value;
  return typeof value === "boolean" ? value : undefined;
}
