import type { CheckResult, Verdict } from "@ferry/core";
import { escapeControls, escapeSentence } from "./escape.ts";
import type { Style } from "./style.ts";

const order: Record<Verdict, number> = { fail: 0, unknown: 1, warn: 2, pass: 3 };

function mark(verdict: Verdict, style: Style): string {
  if (verdict === "pass") return style.good("pass   ");
  if (verdict === "warn") return style.warn("warn   ");
  return style.bad(verdict.padEnd(7));
}

function checkLines(result: CheckResult, style: Style): string[] {
  const first = `${mark(result.verdict, style)}  ${style.strong(escapeControls(result.check))}: ${escapeSentence(result.sentence)}`;
  return result.remedy === null ? [first] : [first, `         remedy: ${escapeSentence(result.remedy)}`];
}

/** All checks with verdict, sentence and remedy, what stops the move first. */
export const renderChecks = (results: readonly CheckResult[], style: Style): string[] =>
  [...results].sort((a, b) => order[a.verdict] - order[b.verdict]).flatMap((result) => checkLines(result, style));

/** The same, but once a check has failed those that could not be judged are one line: most of them wait for the failed one, and would bury it. */
export function renderChecksBriefly(results: readonly CheckResult[], style: Style): string[] {
  const notJudged = results.filter(({ verdict }) => verdict === "unknown");
  if (notJudged.length < 2 || !results.some(({ verdict }) => verdict === "fail")) return renderChecks(results, style);
  const judged = (...verdicts: Verdict[]): string[] =>
    renderChecks(
      results.filter(({ verdict }) => verdicts.includes(verdict)),
      style,
    );
  const names = notJudged.map(({ check }) => escapeControls(check)).join(", ");
  const folded = `${mark("unknown", style)}  ${notJudged.length} checks could not be judged yet: ${names}`;
  return [...judged("fail", "warn"), folded, "         remedy: Follow the checks above first.", ...judged("pass")];
}
