import { type Codec, type Fields, type StructOf, struct } from "./codec.ts";
import { deadlines } from "./deadlines.ts";
import { programs } from "./header.ts";

/** Who sends stream data after the reply. */
export type StreamDirection = "download" | "upload" | "both";

/** One remote procedure: its number on the wire, its shapes and how long it may take. */
export interface Procedure<A = unknown, R = unknown> {
  readonly num: number;
  readonly program: number;
  readonly args: Codec<A>;
  readonly ret: Codec<R>;
  readonly deadlineMs: number;
  readonly stream?: StreamDirection;
}

/** What differs from an ordinary call of the remote program. */
export interface ProcedureTraits {
  readonly deadline?: keyof typeof deadlines;
  readonly stream?: StreamDirection;
  readonly program?: keyof typeof programs;
}

/** Describes a procedure by its number, the members of its arguments and the members of its result. */
export function procedure<const A extends Fields, const R extends Fields>(
  num: number,
  args: A,
  ret: R,
  traits: ProcedureTraits = {},
): Procedure<StructOf<A>, StructOf<R>> {
  return {
    num,
    program: programs[traits.program ?? "remote"],
    args: struct(args),
    ret: struct(ret),
    deadlineMs: deadlines[traits.deadline ?? "ordinary"],
    ...(traits.stream && { stream: traits.stream }),
  };
}
