import type { Preflight } from "../api/preflight.ts";
import type { ServerRef } from "../api/servers.ts";
import { renderChecks, renderChecksBriefly } from "./checks.ts";
import { escapeControls } from "./escape.ts";
import type { Style } from "./style.ts";

function candidateLines({ host, passes, checks, virsh }: Preflight["candidates"][number], all: boolean, style: Style): string[] {
  const verdict = passes ? style.good("passes") : style.bad("does not pass");
  const lines = all ? renderChecks(checks, style) : renderChecksBriefly(checks, style);
  return [`${style.strong(escapeControls(host.name))} ${verdict}`, ...lines.map((line) => `  ${line}`), ...virshLines(virsh, style), ""];
}

const virshLines = (virsh: string | null, style: Style): string[] =>
  virsh === null ? [] : [`  ${style.dim("by virsh:")} ${escapeControls(virsh)}`];

/** Every candidate with its checks, each of them with `all`, then what a move would do. */
export function preflightText(server: ServerRef, { candidates, chosen }: Preflight, style: Style, all = false): string {
  const name = escapeControls(server.name);
  const end =
    chosen === null
      ? `${name} cannot be moved now: ${candidates.length === 0 ? "there is no other host" : "no host passes all checks"}. Nothing was started.`
      : `${name} can be moved to ${escapeControls(chosen)}. Nothing was started.`;
  return [...candidates.flatMap((candidate) => candidateLines(candidate, all, style)), end].join("\n");
}
