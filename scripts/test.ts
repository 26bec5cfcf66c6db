/**
 * `npm test`: installs what the tests need, checks the repository and runs every test, quick ones first. The last line says
 * `N passed, N failed, N skipped`; the exit status is 0 only when none failed and at least one ran. The tests on two emulated Xen hosts come last, when
 * there is time for them (`xen-part.ts`); else a line before the last one says why not.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { availableMemory } from "node:process";
import { ensureTestPackages } from "../test/lab/index.ts";
import { xenCache } from "../test/xen/config.ts";
import { isHypervisorBuilt } from "../test/xen/hypervisor.ts";
import { UNAVAILABLE } from "../test/xen/unavailable.ts";
import { repositoryRoot, toolEnvironment } from "./run-in-order.ts";
import { BUDGET, whyNotOnXen } from "./xen-part.ts";

/** Exit status of `timeout` when the time is over. */
const OUT_OF_TIME = 124;
const began = performance.now();
const wish = process.env["FERRY_TEST_XEN"];
const notes: string[] = [];

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

/** Why the tests on Xen shall not run, or null when they shall. */
const whyNotXen = async (): Promise<string | null> =>
  whyNotOnXen({
    wish,
    picks: process.argv.length > 2,
    isBuilt: await isHypervisorBuilt(xenCache()),
    elapsed: (performance.now() - began) / 60_000,
    memoryAvailableMiB: Math.floor(availableMemory() / 2 ** 20),
  });

/** Builds what the tests on Xen need; null when it is there, else why this machine cannot have it. @throws Error when the building itself is at fault. */
function whyNotBuilt(): string | null {
  const command = ["--kill-after=20", `${BUDGET.build}m`, "node", "test/xen/build.ts"];
  console.log(`> timeout ${command.join(" ")}`);
  const { status, stderr } = spawnSync("timeout", command, {
    ...{ cwd: repositoryRoot, env: toolEnvironment() },
    ...{ stdio: ["ignore", "inherit", "pipe"], encoding: "utf8" },
  });
  if (status === 0) return null;
  if (status === UNAVAILABLE) return stderr.trim();
  if (status === OUT_OF_TIME) return `No Xen lab: it could not be built within ${BUDGET.build} minutes.`;
  console.error(stderr);
  throw new Error(`test/xen/build.ts ended with status ${status}`);
}

/** The tests on two emulated Xen hosts; not run, they count as one that is skipped, or as one that failed when they were asked for. */
async function xen(directory: string): Promise<Counts> {
  try {
    const reason = (await whyNotXen()) ?? whyNotBuilt();
    if (reason === null) return vitest("xen", directory);
    notes.push(`Not tested on Xen: ${reason}`);
    return wish === "1" ? { passed: 0, failed: 1, skipped: 0 } : { passed: 0, failed: 0, skipped: 1 };
  } catch (error) {
    notes.push(`Not tested on Xen: ${error instanceof Error ? error.message : error}.`);
    return { passed: 0, failed: 1, skipped: 0 };
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
  vitest("clients", directory),
  await xen(directory),
];
rmSync(directory, { recursive: true });
const sum = (pick: (counts: Counts) => number): number => results.reduce((total, counts) => total + pick(counts), 0);
const [passed, failed, skipped] = [sum((one) => one.passed), sum((one) => one.failed), sum((one) => one.skipped)];
for (const note of notes) console.log(`\n${note}`);
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
