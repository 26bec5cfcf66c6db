import { SECOND } from "@ferry/core";
import { createLogUpdate } from "log-update";
import { exitCodes } from "../exit-codes.ts";
import { columnsOf, type Io, isTerminal, type Output, rowsOf, writeLine } from "../io.ts";
import { renderChecksBriefly } from "../output/checks.ts";
import { escapeControls, safeJson } from "../output/escape.ts";
import type { Style } from "../output/style.ts";
import { forwardOnly } from "./forward-only.ts";
import { type JsonLine, jsonLines } from "./json-lines.ts";
import type { MoveView } from "./move-view.ts";
import { amountsLine, changeLines } from "./plain.ts";
import { renderProgress } from "./render.ts";
import { exitCodeOfMove, summaryLine } from "./summary.ts";

/** Shows a move while it runs. */
export interface Reporter {
  show(view: MoveView): void;
  /** Ends the display; called once, whatever happened. `final` is null when the move goes on without this command. */
  end(final: MoveView | null): void;
}

const redrawMs = 100;
const amountsMs = 3 * SECOND;

/** The end for people: the checks that refused the move, what virsh would have been told, and the summary last. */
function endLines(final: MoveView, style: Style): string[] {
  const refused = exitCodeOfMove(final.migration) === exitCodes.refused;
  const checks = refused ? renderChecksBriefly(final.migration.checks, style) : [];
  const { virsh } = final.migration;
  const byVirsh = virsh === null ? [] : [`${style.dim("by virsh:")} ${escapeControls(virsh)}`];
  return [...checks, ...byVirsh, summaryLine(final)];
}

/** The output with a size that can be drawn on. log-update is typed for process.stdout, but uses only these four. */
const screenOf = (output: Output): NodeJS.WriteStream =>
  ({
    isTTY: true,
    get columns() {
      return columnsOf(output);
    },
    get rows() {
      return rowsOf(output);
    },
    write: (text: string) => output.write(text),
  }) as unknown as NodeJS.WriteStream;

/** Redraws every `redrawMs`, so the clock of the display runs on between two views. */
export function screenReporter(io: Io, style: Style): Reporter {
  const draw = createLogUpdate(screenOf(io.stdout));
  const forward = forwardOnly();
  let newest: { view: MoveView; at: number } | null = null;
  const redraw = (sinceMs: (at: number) => number): void => {
    if (newest === null) return;
    const { view, at } = newest;
    draw(renderProgress({ ...view, elapsedMs: view.elapsedMs + sinceMs(at) }, columnsOf(io.stdout), style).join("\n"));
  };
  const timer = setInterval(() => redraw((at) => performance.now() - at), redrawMs);
  return {
    show(view) {
      newest = { view: forward(view), at: performance.now() };
    },
    end(final) {
      clearInterval(timer);
      redraw(() => 0);
      draw.done();
      if (final !== null) for (const line of endLines(final, style)) writeLine(io.stdout, line);
    },
  };
}

/** One line for each change, and every `amountsMs` one with the amounts. */
export function lineReporter(io: Io, style: Style, now: () => number): Reporter {
  const forward = forwardOnly();
  let before: MoveView | null = null;
  let amountsAt = now();
  const writeAmounts = (view: MoveView): void => {
    const line = amountsLine(view);
    if (line === null || now() - amountsAt < amountsMs) return;
    writeLine(io.stdout, line);
    amountsAt = now();
  };
  return {
    show(view) {
      for (const line of changeLines(before, view)) writeLine(io.stdout, line);
      before = view;
      writeAmounts(forward(view));
    },
    end(final) {
      if (final !== null) for (const line of endLines(final, style)) writeLine(io.stdout, line);
    },
  };
}

/** One JSON object a line; the last one is the result. */
export function jsonReporter(io: Io): Reporter {
  let before: MoveView | null = null;
  const write = (line: JsonLine): void => writeLine(io.stdout, safeJson(line, 0));
  return {
    show(view) {
      jsonLines(before, view).forEach(write);
      before = view;
    },
    end(final) {
      if (final === null) return;
      const { migration, elapsedMs } = final;
      write({ type: "result", elapsed_ms: elapsedMs, exit_code: exitCodeOfMove(migration), migration });
    },
  };
}

export function makeReporter(io: Io, style: Style, json: boolean, now: () => number): Reporter {
  if (json) return jsonReporter(io);
  return isTerminal(io.stdout) ? screenReporter(io, style) : lineReporter(io, style, now);
}
