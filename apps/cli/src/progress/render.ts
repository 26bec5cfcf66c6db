import { type Phase, phases } from "@ferry/core";
import sliceAnsi from "slice-ansi";
import type { MigrationRecord } from "../api/migrations.ts";
import { escapeControls, escapeSentence } from "../output/escape.ts";
import type { Style } from "../output/style.ts";
import { formatDuration, formatPercent } from "./format.ts";
import { type Measure, measures, pace } from "./measures.ts";
import type { MoveView, Step } from "./move-view.ts";
import { type PhaseState, phaseState, stepsOf } from "./phases.ts";
import { routeText } from "./route.ts";

const maxBarCells = 32;
const minBarCells = 4;
/** Columns of a bar's line that are not the bar: indent, name, percentage, amounts. */
const besideBarColumns = 45;

/** A bar of `cells` cells; eighths of a cell are drawn, so slow progress is seen to move. */
export function bar(part: number, cells: number): string {
  const eighths = Math.round(part * cells * 8);
  const rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8] ?? "";
  return `${"█".repeat(Math.floor(eighths / 8))}${rest}`.padEnd(cells, "░");
}

const phaseMarks: Record<PhaseState, (style: Style) => string> = {
  waiting: (style) => style.dim("·"),
  active: (style) => style.strong("▸"),
  done: (style) => style.good("✔"),
  failed: (style) => style.bad("✖"),
  undone: (style) => style.warn("↩"),
};

const stepMarks: Record<Step["state"], (style: Style) => string> = {
  started: (style) => style.strong("…"),
  done: (style) => style.good("✔"),
  failed: (style) => style.bad("✖"),
  undone: (style) => style.warn("↩"),
  "undo-failed": (style) => style.bad("✖"),
};

const stepLine = (step: Step, style: Style): string =>
  `    ${stepMarks[step.state](style)} ${escapeControls(step.name)}${step.problem === null ? "" : `: ${escapeSentence(step.problem)}`}`;

/** A waiting phase is its name, a finished one its steps beside it, any other its steps below it. */
function phaseLines(migration: MigrationRecord, phase: Phase, style: Style): string[] {
  const state = phaseState(migration, phase);
  const steps = stepsOf(migration, phase);
  const mark = phaseMarks[state](style);
  if (state === "waiting") return [`${mark} ${style.dim(phase)}`];
  if (state !== "done") return [`${mark} ${phase}`, ...steps.map((step) => stepLine(step, style))];
  const names = steps.map((step) => escapeControls(step.name)).join(", ");
  return [names === "" ? `${mark} ${phase}` : `${mark} ${phase.padEnd(8)} ${style.dim(names)}`];
}

function measureLine({ label, part, share }: Measure, width: number, style: Style): string {
  const name = escapeControls(label).padEnd(7);
  if (part === null) return `    ${name} ${style.dim(share)}`;
  const cells = Math.max(minBarCells, Math.min(maxBarCells, width - besideBarColumns));
  return `    ${name} ${style.good(bar(part, cells))} ${formatPercent(part).padStart(4)}  ${share}`;
}

function transferLines(migration: MigrationRecord, width: number, style: Style): string[] {
  if (phaseState(migration, "migrate") !== "active") return [];
  const speed = pace(migration.progress);
  const bars = measures(migration.progress).map((measure) => measureLine(measure, width, style));
  return speed === null ? bars : [...bars, `    ${style.dim(speed)}`];
}

function headLine(view: MoveView, style: Style): string {
  const { server_name, status, transport } = view.migration;
  const details = [routeText(view), status, formatDuration(view.elapsedMs), transport].filter((part) => part !== null);
  return `${style.strong(escapeControls(server_name))}  ${details.map(escapeControls).join("  ")}`;
}

/** Cut to the width, with an ellipsis where something is missing. */
function fit(line: string, width: number): string {
  const whole = sliceAnsi(line, 0, width);
  return whole === sliceAnsi(line, 0) ? whole : `${sliceAnsi(line, 0, width - 1)}…`;
}

/** The whole display of a running move as lines that each fit into `width` columns. A pure function of what it is given. */
export function renderProgress(view: MoveView, width: number, style: Style): string[] {
  const { migration } = view;
  const body = phases.flatMap((phase) => [
    ...phaseLines(migration, phase, style),
    ...(phase === "migrate" ? transferLines(migration, width, style) : []),
  ]);
  return [headLine(view, style), ...body].map((line) => fit(line, width));
}
