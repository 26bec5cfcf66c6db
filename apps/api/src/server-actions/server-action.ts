import type { MicroversionRange } from "@ferry/contract";
import type { ServerRow } from "@ferry/store";
import type { Caller } from "../caller.ts";
import type { Rule } from "../policy.ts";
import type { Answer, Input } from "../route.ts";

/** What an action gets: the request, checked against the contract, and the value of the action's key in its body. */
export interface ActionInput extends Input {
  readonly caller: Caller;
  readonly server: ServerRow;
  readonly value: unknown;
}

/** One action of POST /servers/{id}/action. */
export interface ServerAction {
  readonly rule: Rule;
  /** Microversions at which it exists; missing: all. */
  readonly range?: MicroversionRange;
  readonly handle: (input: ActionInput) => Promise<Answer>;
}

/** Actions by the key that names them in the body. */
export type ServerActions = Readonly<Record<string, ServerAction>>;

/** Accepted, without a body: how Nova answers to nearly every action. */
export const accepted: Answer = { status: 202 };
