/** The verdict of one check. `warn` never stops a move; `unknown` (the fact could not be had) does, unless the check says otherwise in its sentence. */
export type Verdict = "pass" | "warn" | "fail" | "unknown";

export interface CheckResult {
  /** Stable key, `destination-has-memory`. */
  readonly check: string;
  readonly verdict: Verdict;
  /** One sentence with the values that were compared. */
  readonly sentence: string;
  /** What to do about it; null when nothing needs doing. */
  readonly remedy: string | null;
}

export const stops = (result: CheckResult): boolean => result.verdict === "fail" || result.verdict === "unknown";
