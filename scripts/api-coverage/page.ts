import { type Contract, type Judged, judge, type Verdict } from "./judge.ts";
import type { UpstreamApi, UpstreamGroup } from "./operations.ts";

/** Tests that are skipped, each with its reason. */
type Skips = Readonly<Record<string, string>>;

/** docs/api-coverage.md. */
export function coveragePage(contract: Contract, upstream: Readonly<Record<string, UpstreamApi>>, skips: Skips): string {
  const apis = Object.values(upstream).map((api) => ({ api, groups: api.groups.map((group) => judgeGroup(contract, api, group)) }));
  return [
    "# What is served of OpenStack's APIs",
    "",
    "Made by `npm run gen` from the contract (`openapi/ferry.yaml`) and the list of upstream's calls (`openapi/nova-operations.yaml`). Do not edit.",
    "",
    "*served*: as upstream does it, at the microversions named. *declined*: answered with that status, as a Nova answers whose driver cannot do it.",
    "*absent*: 404 (an action: 400), for the reason given. Compute speaks 2.1 to 2.96; 2.97 and later need shared file systems.",
    "",
    ...summary(apis),
    ...apis.flatMap(({ api, groups }) => ["", `## ${api.title}`, ...groups.flatMap(groupLines)]),
    "",
    "## Tests of Tempest that are skipped",
    "",
    ...skipLines(skips),
    "",
  ].join("\n");
}

interface JudgedGroup {
  readonly title: string;
  readonly calls: readonly Judged[];
}

const judgeGroup = (contract: Contract, api: UpstreamApi, group: UpstreamGroup): JudgedGroup => ({
  title: group.title,
  calls: group.operations.map((call) => ({ call, verdict: judge(contract, api, group, call) })),
});

function summary(apis: readonly { api: UpstreamApi; groups: readonly JudgedGroup[] }[]): string[] {
  const rows = apis.map(({ api, groups }) => {
    const kinds = groups.flatMap(({ calls }) => calls.map(({ verdict }) => verdict.kind));
    const count = (wanted: Verdict["kind"]): number => kinds.filter((kind) => kind === wanted).length;
    return `| ${api.title} | ${count("served")} | ${count("declined")} | ${count("absent")} |`;
  });
  return ["| API | served | declined | absent |", "|---|---|---|---|", ...rows];
}

function groupLines({ title, calls }: JudgedGroup): string[] {
  const rows = calls.map(({ call, verdict }) => `| \`${call.call.replace("#", "` `")}\` | ${upstreamRange(call)} | ${cell(verdict)} |`);
  return ["", `### ${title}`, "", "| Call | upstream | ferry |", "|---|---|---|", ...rows];
}

const upstreamRange = ({ min, max }: Judged["call"]): string => rangeText({ ...(min && { min }), ...(max && { max }) });

function cell(verdict: Verdict): string {
  if (verdict.kind === "absent") return `absent: ${verdict.reason}`;
  const word = verdict.status === undefined ? "served" : `declined with ${verdict.status}`;
  return `${word} ${rangeText(verdict.range)}`.trim();
}

function rangeText({ min, max }: { min?: string; max?: string }): string {
  if (max !== undefined) return `${min ?? "2.1"} to ${max}`;
  return min === undefined ? "" : `from ${min}`;
}

function skipLines(skips: Skips): string[] {
  const rows = Object.entries(skips).map(([test, reason]) => `| \`${test}\` | ${reason} |`);
  return rows.length === 0 ? ["None."] : ["| Test | Reason |", "|---|---|", ...rows];
}
