import { isAtRest } from "@ferry/core";
import { escapeControls, escapeSentence } from "../output/escape.ts";
import { changesBetween } from "./changes.ts";
import { formatDuration, formatPercent } from "./format.ts";
import { type Measure, measures, pace } from "./measures.ts";
import type { MoveView, Step } from "./move-view.ts";
import { phaseState } from "./phases.ts";

const stamped = ({ elapsedMs }: MoveView, line: string): string => `[${formatDuration(elapsedMs)}] ${line}`;

function stepLine({ phase, name, state, problem }: Step): string {
  const reason = problem === null ? "" : `: ${escapeSentence(problem)}`;
  return `${phase}: ${escapeControls(name)} ${state}${reason}`;
}

/** What is new between two looks at a move, one line per change; for logs and pipes. The end is left to the summary line. */
export function changeLines(before: MoveView | null, now: MoveView): string[] {
  const { steps, status, destination } = changesBetween(before, now);
  const lines = steps.map(stepLine);
  if (destination) lines.unshift(`destination ${escapeControls(now.migration.destination_host ?? "")}`);
  if (status && !isAtRest(now.migration.status)) lines.push(`status ${now.migration.status}`);
  return lines.map((line) => stamped(now, line));
}

const measureText = ({ label, part, share }: Measure): string =>
  [escapeControls(label), part === null ? null : formatPercent(part), share].filter((text) => text !== null).join(" ");

/** The bars as one line, `vda 62% 640 MiB of 1 GiB; memory 8% …; 118 MiB/s, 3.0 s left`; null before the first statistics and after the transfer. */
export function amountsLine(view: MoveView): string | null {
  const { progress } = view.migration;
  if (phaseState(view.migration, "migrate") !== "active") return null;
  const parts = [...measures(progress).map(measureText), pace(progress)].filter((part) => part !== null);
  return parts.length === 0 ? null : stamped(view, parts.join("; "));
}
