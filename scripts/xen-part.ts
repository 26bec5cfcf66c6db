/** Minutes. `npm test` ends within the first on two cores; building took 4 to 6 there and the test 6 to 8, and both get time to spare. */
export const BUDGET = { all: 75, build: 8, test: 10 } as const;

/** Two emulated hosts, and ferry beside them. */
const MEMORY_MIB = 4096;

/** What decides whether `npm test` tests on Xen. */
export interface XenSituation {
  /** `FERRY_TEST_XEN`: `1` tests whatever the clock says, `0` never, otherwise it is decided here. */
  readonly wish: string | undefined;
  /** Whether the command line picks some of the tests. */
  readonly picks: boolean;
  /** Whether an earlier run has left the hypervisor. */
  readonly isBuilt: boolean;
  /** Minutes since `npm test` began. */
  readonly elapsed: number;
  readonly memoryAvailableMiB: number;
}

/** Why `npm test` does not test on Xen, or null when it does. */
export function whyNotOnXen({ wish, picks, isBuilt, elapsed, memoryAvailableMiB }: XenSituation): string | null {
  if (wish === "1") return null;
  if (wish === "0") return "FERRY_TEST_XEN=0 leaves it out.";
  if (picks) return "the command line picks other tests. Set FERRY_TEST_XEN=1 to have it too.";
  if (memoryAvailableMiB < MEMORY_MIB) return `it needs ${MEMORY_MIB} MiB of memory, and ${memoryAvailableMiB} MiB are free.`;
  const needed = BUDGET.test + (isBuilt ? 0 : BUDGET.build);
  if (elapsed + needed <= BUDGET.all) return null;
  const what = isBuilt ? "the test" : "building the hypervisor and the test";
  return `${Math.round(elapsed)} of ${BUDGET.all} minutes are over, and ${what} may take ${needed}. Run npm run test:xen, or set FERRY_TEST_XEN=1.`;
}
