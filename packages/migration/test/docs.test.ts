import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { allChecks, judgeAll } from "../src/check/all-checks.ts";
import { coldMigration, confirmation, liveMigration, reversal, stateMigration } from "../src/index.ts";
import { checkRows } from "./support/check-rows.ts";
import { moveFacts } from "./support/move-facts.ts";

const page = readFileSync(new URL("../../../docs/checks.md", import.meta.url), "utf8");
const cellsOf = (line: string): string[] => line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "").trim());
const table = page
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map(cellsOf);

/** A remedy as the page writes it: for any two hosts. */
const general = (remedy: string): string =>
  remedy
    .replaceAll("kvm1", "SOURCE")
    .replaceAll("kvm2", "DESTINATION")
    .replaceAll("lm001", "SERVER")
    .replaceAll("52:54:00:00:00:01", "MAC");

it("docs/checks.md lists every check in the order in which they are judged", () => {
  expect(table.map(([key]) => key)).toEqual(allChecks.map((check) => `\`${check.key}\``));
});

it.each(Object.entries(checkRows))("docs/checks.md says what %s compares and gives its remedies", (key, rows) => {
  const [, compares, remedies] = table.find(([cell]) => cell === `\`${key}\``) ?? [];
  expect(compares?.length).toBeGreaterThan(10);
  for (const [situation, changes] of rows) {
    const result = judgeAll(moveFacts(changes)).find((one) => one.check === key);
    if (result?.remedy && !result.sentence.startsWith("Not checked")) expect(remedies, situation).toContain(general(result.remedy));
  }
});

it("docs/adding-a-step.md lists every step of the plan in its order", () => {
  const steps = readFileSync(new URL("../../../docs/adding-a-step.md", import.meta.url), "utf8").matchAll(/^\| `([a-z-]+)` \|/gm);
  expect([...steps].map(([, name]) => name)).toEqual(liveMigration.steps.map((step) => step.name));
});

it("docs/cold-moves.md lists every step that a cold migration has of its own, and names those of the other plans", () => {
  const text = readFileSync(new URL("../../../docs/cold-moves.md", import.meta.url), "utf8");
  const steps = [...text.matchAll(/^\| `([a-z-]+)` \| [^|]+ \| [^|]*\|$/gm)].map(([, name]) => name);
  const own = coldMigration.steps.filter(({ phase }) => phase === "migrate" || phase === "cleanup");
  expect(steps).toEqual(own.map((step) => step.name));
  for (const plan of [stateMigration, confirmation, reversal])
    for (const { name, phase } of plan.steps) if (phase === "migrate" || phase === "cleanup") expect(text).toContain(`\`${name}\``);
});
