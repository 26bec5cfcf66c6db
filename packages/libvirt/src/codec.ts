import { LIST_MAX, STRING_MAX } from "./limits.ts";
import { XdrError } from "./xdr-error.ts";
import { XdrReader } from "./xdr-reader.ts";
import { XdrWriter } from "./xdr-writer.ts";

/** Reads and writes one XDR type. */
export interface Codec<T> {
  /** Fewest bytes that a value takes; lets a list refuse a hostile count before allocating. */
  readonly minBytes: number;
  read(reader: XdrReader): T;
  write(writer: XdrWriter, value: T): void;
}

/** The TypeScript type that a codec reads and writes. */
export type TypeOf<C> = C extends Codec<infer T> ? T : never;

/** The members of a structure in wire order. */
export type Fields = Readonly<Record<string, Codec<unknown>>>;

/** The TypeScript type of a structure with these members. */
export type StructOf<F> = { -readonly [K in keyof F]: TypeOf<F[K]> };

/** What may be given where `T` is written: lists may be readonly, bytes may be any byte array. */
export type InputOf<T> = T extends Uint8Array
  ? Uint8Array
  : T extends readonly (infer E)[]
    ? readonly InputOf<E>[]
    : T extends object
      ? { readonly [K in keyof T]: InputOf<T[K]> }
      : T;

/** 32-bit signed integer; also XDR `char`, `short`, `enum` and libvirt's booleans. */
export const int: Codec<number> = { minBytes: 4, read: (r) => r.int(), write: (w, v) => w.int(v) };
/** 32-bit unsigned integer. */
export const uint: Codec<number> = { minBytes: 4, read: (r) => r.uint(), write: (w, v) => w.uint(v) };
/** 64-bit signed integer. */
export const hyper: Codec<bigint> = { minBytes: 8, read: (r) => r.hyper(), write: (w, v) => w.hyper(v) };
/** 64-bit unsigned integer. */
export const uhyper: Codec<bigint> = { minBytes: 8, read: (r) => r.uhyper(), write: (w, v) => w.uhyper(v) };
/** IEEE 754 double. */
export const double: Codec<number> = { minBytes: 8, read: (r) => r.double(), write: (w, v) => w.double(v) };
/** UTF-8 text, never null. */
export const text: Codec<string> = { minBytes: 4, read: (r) => r.string(STRING_MAX), write: (w, v) => w.string(v, STRING_MAX) };

const UUID_GROUPS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;

/** 16 raw bytes on the wire, lower-case 8-4-4-4-12 text in TypeScript. */
export const uuid: Codec<string> = {
  minBytes: 16,
  read: (r) => r.fixed(16).toString("hex").replace(UUID_GROUPS, "$1-$2-$3-$4-$5"),
  write: (w, v) => w.fixed(uuidBytes(v)),
};

function uuidBytes(value: string): Buffer {
  const hex = value.replaceAll("-", "");
  if (!/^[0-9a-f]{32}$/i.test(hex)) throw new XdrError(`Cannot encode uuid ${JSON.stringify(value)}: must be 32 hexadecimal digits`);
  return Buffer.from(hex, "hex");
}

/** Counted bytes, at most `max`. */
export function opaque(max: number): Codec<Buffer> {
  return { minBytes: 4, read: (r) => r.opaque(max), write: (w, v) => w.opaque(v, max) };
}

/** `char name[length]` of libvirt: one 32-bit integer for each character, zero-filled; text in TypeScript. */
export function charArray(length: number): Codec<string> {
  return {
    minBytes: 4 * length,
    read: (r) => {
      const codes = Array.from({ length }, () => r.int() & 0xff);
      const end = codes.indexOf(0);
      return Buffer.from(end < 0 ? codes : codes.slice(0, end)).toString("utf8");
    },
    write: (w, v) => {
      const codes = Buffer.from(v, "utf8");
      if (codes.length > length) throw new XdrError(`Cannot encode ${JSON.stringify(v)}: must be at most ${length} bytes`);
      for (let i = 0; i < length; i++) w.int(codes[i] ?? 0);
    },
  };
}

/** XDR pointer: absent is null. */
export function optional<T>(codec: Codec<T>): Codec<T | null> {
  return {
    minBytes: 4,
    read: (r) => (present(r.uint()) ? codec.read(r) : null),
    write: (w, v) => {
      w.uint(v === null ? 0 : 1);
      if (v !== null) codec.write(w, v);
    },
  };
}

function present(flag: number): boolean {
  if (flag > 1) throw new XdrError(`Cannot decode message: presence flag is ${flag}, must be 0 or 1`);
  return flag === 1;
}

/** Counted list of at most `max` items. */
export function list<T>(codec: Codec<T>, max: number = LIST_MAX): Codec<T[]> {
  return {
    minBytes: 4,
    read: (r) => Array.from({ length: r.count(max, codec.minBytes) }, () => codec.read(r)),
    write: (w, v) => {
      if (v.length > max) throw new XdrError(`Cannot encode a list of ${v.length}: must have at most ${max} items`);
      w.uint(v.length);
      for (const item of v) codec.write(w, item);
    },
  };
}

/** Members one after the other, in the order in which they are written here. */
export function struct<const F extends Fields>(fields: F): Codec<StructOf<F>> {
  const members = Object.entries(fields) as [string, Codec<unknown>][];
  return {
    minBytes: members.reduce((sum, [, codec]) => sum + codec.minBytes, 0),
    read: (r) => Object.fromEntries(members.map(([name, codec]) => [name, codec.read(r)])) as StructOf<F>,
    write: (w, v) => {
      for (const [name, codec] of members) codec.write(w, (v as Record<string, unknown>)[name]);
    },
  };
}

/** All of `bytes` as one value; left-over bytes are an XdrError. */
export function decode<T>(codec: Codec<T>, bytes: Buffer): T {
  const reader = new XdrReader(bytes);
  const value = codec.read(reader);
  reader.end();
  return value;
}

/** One value as bytes. */
export function encode<T>(codec: Codec<T>, value: T): Buffer {
  const writer = new XdrWriter();
  codec.write(writer, value);
  return writer.bytes();
}
