import { FerryError, fail, hasCode, isFerryError, type StepLog, type StepRecord } from "@ferry/core";
import { type FaultProbe, noFaults, ProcessDeath } from "./faults.ts";
import { type AnyStep, PivotNotReached, type Plan, type Step, type StepContext } from "./step.ts";

/**
 * How a run ended. The last three are not ends: whoever owns unfinished work runs the plan again.
 * - `completed`: every step is done.
 * - `undone`: it failed before the pivot and every undo succeeded.
 * - `undo-pending`: it failed before the pivot and some undo failed.
 * - `forward-pending`: the pivot is done, a later step failed.
 * - `undecided`: the pivot could not find out whether it happened.
 */
export type RunResult =
  | { readonly kind: "completed" }
  | { readonly kind: "undone" | "undo-pending" | "forward-pending" | "undecided"; readonly step: string; readonly problem: FerryError };

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly faults?: FaultProbe;
  /** Pauses between repeated tries of the pivot, of steps after it, and of undos, in ms; its length is the number of repetitions. */
  readonly retryDelaysMs?: readonly number[];
  readonly sleep: (ms: number) => Promise<void>;
  /** Receives what must not be lost but has no place in the result: raw causes, for the log. */
  readonly onProblem?: (step: string, error: unknown) => void;
}

const DEFAULT_RETRY_DELAYS_MS = [200, 1000];

/**
 * Runs a plan from where its log says it stands: forward, or on with an undo that had begun. Throws only STEP_FENCED (another worker owns the
 * run now) and errors of the log itself; then nothing more was done.
 */
export async function runPlan<Ports>(plan: Plan<Ports>, ports: Ports, log: StepLog, options: RunOptions): Promise<RunResult> {
  return new PlanRun(plan, ports, log, options).run();
}

class PlanRun<Ports> {
  private readonly plan: Plan<Ports>;
  private readonly log: StepLog;
  private readonly options: RunOptions;
  private readonly faults: FaultProbe;
  private readonly context: StepContext<Ports>;
  /** What is undone must not be cut short by the cancel that asked for it. */
  private readonly undoContext: StepContext<Ports>;
  private readonly records = new Map<string, StepRecord>();
  /** The step whose start was written together with the end of the one before it. */
  private announced: string | null = null;

  constructor(plan: Plan<Ports>, ports: Ports, log: StepLog, options: RunOptions) {
    this.plan = plan;
    this.log = log;
    this.options = options;
    this.faults = options.faults ?? noFaults;
    this.context = {
      ports,
      signal: options.signal,
      attempt: 1,
      outputOf: (step) => this.outputOf(step),
      outputIfDone: (step) => this.outputIfDone(step),
    };
    this.undoContext = { ...this.context, signal: new AbortController().signal };
  }

  async run(): Promise<RunResult> {
    await this.readRecords();
    const failed = this.unwindingFrom();
    if (failed) return this.unwind(failed.step, failed.problem);
    for (const step of this.plan.steps) {
      if (this.isDone(step)) continue;
      const outcome = await this.advance(step);
      if (outcome) return outcome;
    }
    return { kind: "completed" };
  }

  private async readRecords(): Promise<void> {
    this.records.clear();
    for (const record of await this.log.records()) this.records.set(record.name, record);
  }

  /** Runs one step; a result when the plan cannot go on. */
  private async advance(step: AnyStep<Ports>): Promise<RunResult | null> {
    if (this.options.signal.aborted && this.mayTurnBack(step)) return this.unwind(step.name, reasonOf(this.options.signal));
    try {
      await this.perform(step);
      return null;
    } catch (error) {
      return this.afterFailure(step, error);
    }
  }

  private async perform(step: AnyStep<Ports>): Promise<void> {
    const delays = this.isForwardOnly(step) ? (this.options.retryDelaysMs ?? DEFAULT_RETRY_DELAYS_MS) : [];
    await this.repeated(step.name, delays, async () => {
      await this.start(step);
      await this.faults("before", step.name);
      const attempt = this.records.get(step.name)?.attempts ?? 1;
      const output = (await step.run({ ...this.context, attempt })) ?? null;
      await this.faults("after", step.name);
      await this.finish(step, output);
    });
  }

  private async start(step: AnyStep<Ports>): Promise<void> {
    const isStarted = this.announced === step.name;
    this.announced = null;
    if (isStarted) return;
    await this.log.started({ name: step.name, phase: step.phase });
    this.note(step, "started", null, null);
  }

  /** Writes the end of a step together with the start of the next one, unless a cancel turns the plan back between the two. */
  private async finish(step: AnyStep<Ports>, output: unknown): Promise<void> {
    const next = this.next(step);
    await this.log.done({ name: step.name, output }, next && { name: next.name, phase: next.phase });
    this.note(step, "done", output, null);
    if (!next) return;
    this.note(next, "started", null, null);
    this.announced = next.name;
  }

  private next(step: AnyStep<Ports>): AnyStep<Ports> | undefined {
    const { steps } = this.plan;
    const following = steps.slice(steps.indexOf(step) + 1).find((one) => !this.isDone(one));
    return this.options.signal.aborted && !step.pivot && !this.pivotDone() ? undefined : following;
  }

  private async afterFailure(step: AnyStep<Ports>, error: unknown): Promise<RunResult> {
    this.rethrowIfOver(error);
    this.options.onProblem?.(step.name, error);
    const problem = toFerryError(error);
    if (step.pivot && !(error instanceof PivotNotReached)) return { kind: "undecided", step: step.name, problem };
    if (this.pivotDone()) return { kind: "forward-pending", step: step.name, problem };
    return this.unwind(step.name, problem);
  }

  /** Undoes every step that may have had an effect, last first; goes on past a failed undo, because each stands for itself. */
  private async unwind(failedStep: string, problem: FerryError): Promise<RunResult> {
    await this.readRecords();
    await this.markTurningPoint(failedStep, problem);
    let clean = true;
    for (const step of this.plan.steps.toReversed()) clean = (await this.revert(step)) && clean;
    return { kind: clean ? "undone" : "undo-pending", step: failedStep, problem };
  }

  /**
   * Fails the furthest step that was started, so that the log says from where the plan turned back: the one that failed, the one after it when only
   * the answer to the write between the two was lost, or, after a cancel between two steps, the one that was next.
   */
  private async markTurningPoint(failedStep: string, problem: FerryError): Promise<void> {
    const records = this.inOrder();
    if (!records.every(isForward)) return;
    const name = records.findLast((record) => record.state === "started")?.name ?? failedStep;
    const step = this.plan.steps.find((one) => one.name === name);
    if (!step) return;
    if (!this.records.has(name)) await this.log.started({ name, phase: step.phase });
    await this.log.failed({ name, problem: problem.message, code: problem.code });
    this.note(step, "failed", this.records.get(name)?.output ?? null, problem);
  }

  private inOrder(): StepRecord[] {
    return this.plan.steps.flatMap((step) => this.records.get(step.name) ?? []);
  }

  private async revert(step: AnyStep<Ports>): Promise<boolean> {
    const record = this.records.get(step.name);
    const undo = step.undo;
    if (!record || record.state === "undone" || typeof undo !== "function") return true;
    try {
      await this.repeated(step.name, this.options.retryDelaysMs ?? DEFAULT_RETRY_DELAYS_MS, async () => {
        await this.faults("before-undo", step.name);
        await undo(this.undoContext, record.output ?? null);
        await this.faults("after-undo", step.name);
        await this.log.undone({ name: step.name });
        this.records.set(step.name, { ...record, state: "undone" });
      });
      return true;
    } catch (error) {
      this.rethrowIfOver(error);
      this.options.onProblem?.(step.name, error);
      await this.log.undoFailed({ name: step.name, problem: toFerryError(error).message });
      return false;
    }
  }

  private async repeated(name: string, delays: readonly number[], attempt: () => Promise<void>): Promise<void> {
    for (const delay of delays) {
      try {
        return await attempt();
      } catch (error) {
        this.rethrowIfOver(error);
        if (error instanceof PivotNotReached) throw error;
        this.options.onProblem?.(name, error);
        await this.options.sleep(delay);
      }
    }
    await attempt();
  }

  private rethrowIfOver(error: unknown): void {
    if (error instanceof ProcessDeath || hasCode(error, "STEP_FENCED")) throw error;
  }

  /** The failure from which an earlier run was turning back, if it was: that of the furthest step that has a record. */
  private unwindingFrom(): { step: string; problem: FerryError } | null {
    if (this.pivotDone()) return null;
    const records = this.inOrder();
    if (records.every(isForward)) return null;
    const origin = records.at(-1);
    return origin ? { step: origin.name, problem: this.failureOf(origin) } : null;
  }

  /** A cancel that came after the failure changes nothing about it. Records of an older release have no code, and not always the sentence. */
  private failureOf({ problem, problemCode }: StepRecord): FerryError {
    if (problem !== null && problemCode !== null) return new FerryError(problemCode, problem);
    if (this.options.signal.aborted) return reasonOf(this.options.signal);
    return new FerryError("TRANSFER_FAILED", problem ?? "The move was being undone when its worker died.");
  }

  private note({ name, phase }: AnyStep<Ports>, state: StepRecord["state"], output: unknown, failure: FerryError | null): void {
    const attempts = (this.records.get(name)?.attempts ?? 0) + (state === "started" ? 1 : 0);
    const [problem, problemCode] = [failure?.message ?? null, failure?.code ?? null];
    this.records.set(name, { name, phase, state, output, problem, problemCode, undoProblem: null, attempts });
  }

  private isDone = (step: AnyStep<Ports>): boolean => this.records.get(step.name)?.state === "done";
  private pivotDone = (): boolean => this.plan.steps.some((step) => step.pivot && this.isDone(step));
  private isForwardOnly = (step: AnyStep<Ports>): boolean => step.pivot === true || this.pivotDone();

  /** A cancel turns the plan back only before the pivot, and never past a pivot that may have run. */
  private mayTurnBack(step: AnyStep<Ports>): boolean {
    if (this.pivotDone()) return false;
    return !(step.pivot && this.records.has(step.name));
  }

  private outputOf<Out>(step: Step<Ports, Out>): Out {
    if (!this.isDone(step)) throw new Error(`Step ${step.name} has no recorded output yet; the plan ${this.plan.name} lists it too late.`);
    return this.records.get(step.name)?.output as Out;
  }

  private outputIfDone<Out>(step: Step<Ports, Out>): Out | null {
    const record = this.records.get(step.name);
    return record && record.output !== null ? (record.output as Out) : null;
  }
}

const isForward = ({ state }: StepRecord): boolean => state === "started" || state === "done";

function toFerryError(error: unknown): FerryError {
  if (error instanceof PivotNotReached) return toFerryError(error.cause);
  return isFerryError(error) ? error : fail("INTERNAL", {}, error);
}

function reasonOf(signal: AbortSignal): FerryError {
  return isFerryError(signal.reason) ? signal.reason : fail("ABORTED");
}
