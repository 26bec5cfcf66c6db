/** How one test of Tempest's ended. `text` is what stestr said about it. */
export interface Outcome {
  readonly status: "passed" | "skipped" | "failed";
  readonly text: string;
}

/** `tempest.api.x.Class.test_name[id-…,tags]` without what is in brackets. */
const plainName = (id: string): string => id.replace(/\[.*/, "");

/** stestr runs only what is named with its whole id. @throws Error that names what Tempest does not have. */
export function fullIds(names: readonly string[], known: readonly string[]): string[] {
  const ids = new Map(known.map((id) => [plainName(id), id]));
  const unknown = names.filter((name) => !ids.has(name));
  if (unknown.length > 0) throw new Error(`Tempest has no test ${unknown.join(", ")}: correct the list.`);
  return names.map((name) => ids.get(name) ?? name);
}

/** Splits stestr's output: each test's line begins with `{worker} name`, and what follows belongs to it. */
export function textOf(lines: readonly string[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string[]>();
  let current: string[] = [];
  for (const line of lines) {
    const name = /^\{\d+\} (setUpClass \(\S+\)|\S+)/.exec(line)?.[1];
    if (name !== undefined) {
      current = [];
      texts.set(name, current);
    }
    current.push(line);
  }
  return new Map([...texts].map(([name, block]) => [name, block.join("\n")]));
}

/** subunit2csv's word for how a test ended; any other is a failure. */
const endings: Readonly<Record<string, Outcome["status"]>> = { success: "passed", skip: "skipped" };

/**
 * How each of `names` ended. `csv` is subunit2csv's: test, status, begin, end. A class whose set-up failed or was skipped has one row for all its tests; a test
 * without any row did not run, which is a failure.
 */
export function outcomesOf(names: readonly string[], csv: string, texts: ReadonlyMap<string, string>): Map<string, Outcome> {
  const rows = new Map<string, Outcome>();
  for (const line of csv.split(/\r?\n/)) {
    const [, quoted, bare = "", word = ""] = /^(?:"([^"]*)"|([^,]*)),(\w+),/.exec(line) ?? [];
    const name = plainName(quoted ?? bare);
    rows.set(name, { status: endings[word] ?? "failed", text: texts.get(name) ?? `${name}: ${word}` });
  }
  const setUpOf = (name: string): Outcome | undefined => rows.get(`setUpClass (${name.slice(0, name.lastIndexOf("."))})`);
  const ended = (name: string): Outcome => rows.get(name) ?? setUpOf(name) ?? { status: "failed", text: `${name} did not run.` };
  return new Map(names.map((name) => [name, ended(name)]));
}
