import type { Phase } from "@ferry/core";

/** What a running step may use. Steps keep no state of their own: they share data only through recorded outputs. */
export interface StepContext<Ports> {
  readonly ports: Ports;
  /** Aborts when the run is cancelled (before the pivot) or when this worker has to stop. */
  readonly signal: AbortSignal;
  /** 1 when this step runs for the first time in this plan; more after a crash or a repetition. */
  readonly attempt: number;
  /** The recorded output of an earlier step of the plan. Throws when that step is not done: a mistake in the order of the plan. */
  outputOf<Out>(step: Step<Ports, Out>): Out;
  /** The same for an undo, where the other step may never have finished. */
  outputIfDone<Out>(step: Step<Ports, Out>): Out | null;
}

/**
 * Reverts a step. `output` is null when the step started and never reported: then look for what carries the run's id. Must be repeatable. Written as a
 * method, whose parameters may narrow, so that a plan can hold steps of any output: an undo only ever gets the output of its own step.
 */
export type Undo<Ports, Out> = { undo(context: StepContext<Ports>, output: Out | null): Promise<void> }["undo"];

/**
 * The smallest unit that is recorded, repeated and undone. `run` must be repeatable: after a crash it runs again from its start.
 * `Out` must survive JSON.
 */
export interface Step<Ports, Out> {
  /** Key in the step log: never rename a released one. */
  readonly name: string;
  readonly phase: Phase;
  run(context: StepContext<Ports>): Promise<Out>;
  readonly undo: Undo<Ports, Out> | { readonly none: string };
  /**
   * The point of no return: once this step is done the plan only goes forward. A pivot that may have run is never undone from outside: it is run
   * again and finds out. Only `PivotNotReached` from it allows the plan to be undone.
   */
  readonly pivot?: true;
}

/** A step whose output is of no interest here. */
export type AnyStep<Ports> = Step<Ports, unknown>;

/** An ordered list of steps under a name. */
export interface Plan<Ports> {
  readonly name: string;
  readonly steps: readonly AnyStep<Ports>[];
}

/** Lists a plan by phase, so that it reads as one screen. */
export function plan<Ports>(name: string, phases: Record<Phase, readonly AnyStep<Ports>[]>): Plan<Ports> {
  const steps = [...phases.check, ...phases.setup, ...phases.migrate, ...phases.cleanup];
  assertWellFormed(name, phases, steps);
  return { name, steps };
}

function assertWellFormed<Ports>(name: string, phases: Record<Phase, readonly AnyStep<Ports>[]>, steps: readonly AnyStep<Ports>[]): void {
  const names = new Set(steps.map((step) => step.name));
  if (names.size !== steps.length) throw new Error(`Plan ${name} has two steps of one name; names are keys in the step log.`);
  if (steps.filter((step) => step.pivot).length > 1) throw new Error(`Plan ${name} has two pivots; there is one point of no return.`);
  for (const [phase, list] of Object.entries(phases)) {
    const stray = list.find((step) => step.phase !== phase);
    if (stray) throw new Error(`Step ${stray.name} says phase ${stray.phase} but plan ${name} lists it under ${phase}.`);
  }
}

/** Thrown by a pivot that has proven that its effect did not and will not happen. `cause` is the reason to report. */
export class PivotNotReached extends Error {
  override readonly name = "PivotNotReached";
  constructor(cause: Error) {
    super(cause.message, { cause });
  }
}
