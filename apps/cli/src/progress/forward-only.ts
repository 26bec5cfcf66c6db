import { fraction } from "./format.ts";
import type { MoveView, Progress } from "./move-view.ts";

/**
 * Views of one move whose bars never run backwards: a part once done stays done, whatever the guest writes again meanwhile (memory is sent in passes), and
 * whether a reading comes live or from the older record. Give it the views in their order.
 */
export function forwardOnly(): (view: MoveView) => MoveView {
  const most = new Map<string, number>();
  /** `done`, or as much of `total` as was done before if that is more. */
  const atLeast = (label: string, done: number, total: number): number => {
    const part = Math.max(fraction(done, total) ?? 0, most.get(label) ?? 0);
    most.set(label, part);
    return Math.max(done, Math.round(part * total));
  };
  const held = (progress: Progress): Progress => ({
    ...progress,
    disks: progress.disks.map((disk) => {
      const { target, ready, total_bytes: total, done_bytes: done } = disk;
      return total === null || done === null ? disk : { ...disk, done_bytes: atLeast(`disk ${target}`, ready ? total : done, total) };
    }),
    ...heldMemory(progress, atLeast),
  });
  return (view) => {
    const { progress } = view.migration;
    return progress === null ? view : { ...view, migration: { ...view.migration, progress: held(progress) } };
  };
}

function heldMemory(progress: Progress, atLeast: (label: string, done: number, total: number) => number): Partial<Progress> {
  const { memory_total_bytes: total, memory_remaining_bytes: remaining } = progress;
  return total === null || remaining === null
    ? {}
    : { memory_remaining_bytes: total - atLeast("memory", Math.max(0, total - remaining), total) };
}
