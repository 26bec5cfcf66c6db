/**
 * `npm test`: installs what the tests need, checks the repository and runs every test, quick ones first. The last line says
 * `N passed, N failed, N skipped`; the exit status is 0 only when none failed and at least one ran.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureTestPackages } from "../test/lab/index.ts";
import { repositoryRoot, toolEnvironment } from "./run-in-order.ts";

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** A check that is not a test file counts as one test. */
function check(command: string, ...args: string[]): Counts {
  console.log(`> ${[command, ...args].join(" ")}`);
  const { status } = spawnSync(command, args, { cwd: repositoryRoot, env: toolEnvironment(), stdio: "inherit" });
  return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numFailedTestSuites: number;
  readonly success: boolean;
}

/** A file that fails to load, or a run that dies, counts as a failure: nothing is lost between the lines. */
function vitest(project: string, directory: string): Counts {
  const report = join(directory, `${project}.json`);
  const args = [
    "run",
    "--project",
    project,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ];
  console.log(`> vitest ${args.slice(0, 3).join(" ")}`);
  const { status } = spawnSync("vitest", args, { cwd: repositoryRoot, env: toolEnvironment(), stdio: "inherit" });
  const numbers = readReport(report);
  const failed = numbers.numFailedTests > 0 ? numbers.numFailedTests : numbers.success && status === 0 ? 0 : 1;
  return { passed: numbers.numPassedTests, failed, skipped: numbers.numPendingTests + numbers.numTodoTests };
}

function readReport(path: string): VitestReport {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as VitestReport;
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0, numFailedTestSuites: 1, success: false };
  }
}

await ensureTestPackages((line) => console.log(line));
const directory = mkdtempSync(join(tmpdir(), "ferry-test-"));
const results = [
  check("biome", "check", "--error-on-warnings", "."),
  check("tsc", "-p", "."),
  check("node", "scripts/check-generated.ts"),
  vitest("unit", directory),
  vitest("live", directory),
];
rmSync(directory, { recursive: true });
const sum = (pick: (counts: Counts) => number): number => results.reduce((total, counts) => total + pick(counts), 0);
const [passed, failed, skipped] = [sum((one) => one.passed), sum((one) => one.failed), sum((one) => one.skipped)];
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
