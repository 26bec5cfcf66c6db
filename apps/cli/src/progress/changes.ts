import type { MoveView, Step } from "./move-view.ts";

/** What is new between two looks at a move; `before` is null at the first look. One place for all displays that tell changes. */
export interface Changes {
  /** Steps whose state is new, in the order of the plan. */
  readonly steps: readonly Step[];
  readonly status: boolean;
  readonly destination: boolean;
  readonly progress: boolean;
}

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export function changesBetween(before: MoveView | null, { migration: now }: MoveView): Changes {
  const old = before?.migration ?? null;
  const known = new Map(old?.steps.map((step) => [step.name, step.state]));
  return {
    steps: now.steps.filter((step) => known.get(step.name) !== step.state),
    status: old?.status !== now.status,
    destination: now.destination_host !== null && old?.destination_host !== now.destination_host,
    progress: now.progress !== null && !sameJson(now.progress, old?.progress),
  };
}
