import type { CheckResult, Verdict } from "@ferry/core";
import type { MoveFacts, SideFacts } from "../facts.ts";

/** A check is a value-producing function: facts in, verdict with sentence and remedy out. It asks nobody and throws nothing. */
export interface Check {
  /** Stable key, shown in JSON and listed in docs/checks.md. */
  readonly key: string;
  readonly judge: (facts: MoveFacts) => Finding;
}

export interface Finding {
  readonly verdict: Verdict;
  readonly sentence: string;
  readonly remedy: string | null;
}

export const pass = (sentence: string): Finding => ({ verdict: "pass", sentence, remedy: null });
export const warn = (sentence: string, remedy: string): Finding => ({ verdict: "warn", sentence, remedy });
export const refuse = (sentence: string, remedy: string): Finding => ({ verdict: "fail", sentence, remedy });
export const unknown = (sentence: string, remedy: string): Finding => ({ verdict: "unknown", sentence, remedy });

export const judge = (check: Check, facts: MoveFacts): CheckResult => ({ check: check.key, ...check.judge(facts) });

const notChecked = ({ record, problem }: SideFacts, role: string): Finding =>
  problem
    ? unknown(`Not checked: ${record.name} did not answer.`, `Make the ${role} reachable, then check again.`)
    : unknown(`Not checked: ${record.name} was not asked.`, "Follow the other checks first.");

/** The finding when a host did not answer: every check that needs it says the same. */
export const destinationSilent = ({ destination }: MoveFacts): Finding => notChecked(destination, "destination");
export const sourceSilent = ({ source }: MoveFacts): Finding => notChecked(source, "source");

/** A check that needs the facts of both hosts and the guest's definition. */
export function withBoth(key: string, judgeKnown: (known: KnownFacts) => Finding): Check {
  return {
    key,
    judge: (facts) => {
      const { source, destination } = facts;
      if (!source.host || !source.guest) return sourceSilent(facts);
      if (!destination.host) return destinationSilent(facts);
      return judgeKnown({
        ...facts,
        source: { ...source, host: source.host, guest: source.guest },
        destination: { ...destination, host: destination.host },
      });
    },
  };
}

type Known<T, K extends keyof T> = T & { readonly [P in K]: NonNullable<T[P]> };
export interface KnownFacts extends MoveFacts {
  readonly source: Known<MoveFacts["source"], "host" | "guest">;
  readonly destination: Known<MoveFacts["destination"], "host">;
}
