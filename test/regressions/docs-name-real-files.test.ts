import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const pages = ["README.md", "CHANGELOG.md", ...globSync("docs/**/*.md", { cwd: root })];
const places = /^(apps|packages|test|docs|scripts|prisma|openapi)\//;

/** `code` that looks like a path of the repository; one with a placeholder (`<phase>`, `*`) is an example. */
function namedPaths(text: string): string[] {
  const words = [...text.matchAll(/`([^`\s]+)`/g)].map(([, word]) => word ?? "");
  return words.filter((word) => places.test(word) && !/[<>*]/.test(word));
}

/** Links to files, as they stand in the page. */
function linkedFiles(text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? "");
  return targets.filter((target) => !/^(https?:|#|mailto:)/.test(target)).map((target) => target.split("#")[0] ?? "");
}

describe("every file that a page names exists", () => {
  it.each(pages)("%s", (page) => {
    const text = readFileSync(join(root, page), "utf8");
    const missing = [
      ...namedPaths(text).filter((path) => !existsSync(join(root, path))),
      ...linkedFiles(text).filter((target) => !existsSync(join(root, dirname(page), target))),
    ];
    expect(missing).toEqual([]);
  });
});

it("docs/architecture.md names dozens of files and stays within 100 lines", () => {
  const text = readFileSync(join(root, "docs/architecture.md"), "utf8");
  expect(new Set(namedPaths(text)).size).toBeGreaterThan(40);
  expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(100);
});
