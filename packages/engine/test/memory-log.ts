import type { ErrorCode, StepLog, StepRecord } from "@ferry/core";

/** A step log in memory, for tests of the engine alone. It survives "process deaths" because tests keep it. */
export class MemoryLog implements StepLog {
  readonly rows = new Map<string, StepRecord>();
  readonly history: string[] = [];

  async records(): Promise<StepRecord[]> {
    return [...this.rows.values()];
  }
  async started({ name, phase }: { name: string; phase: StepRecord["phase"] }): Promise<void> {
    const attempts = (this.rows.get(name)?.attempts ?? 0) + 1;
    this.write({ name, phase, state: "started", output: null, problem: null, problemCode: null, undoProblem: null, attempts });
  }
  async done({ name, output }: { name: string; output: unknown }, next?: { name: string; phase: StepRecord["phase"] }): Promise<void> {
    this.change(name, { state: "done", output: JSON.parse(JSON.stringify(output)) });
    if (next) await this.started(next);
  }
  async failed({ name, problem, code }: { name: string; problem: string; code: ErrorCode }): Promise<void> {
    this.change(name, { state: "failed", problem, problemCode: code });
  }
  async undone({ name }: { name: string }): Promise<void> {
    this.change(name, { state: "undone", undoProblem: null });
  }
  async undoFailed({ name, problem }: { name: string; problem: string }): Promise<void> {
    this.change(name, { state: "undo-failed", undoProblem: problem });
  }

  private change(name: string, change: Partial<StepRecord>): void {
    const row = this.rows.get(name);
    if (!row) throw new Error(`step ${name} was never started`);
    this.write({ ...row, ...change });
  }
  private write(row: StepRecord): void {
    this.rows.set(row.name, row);
    this.history.push(`${row.name}:${row.state}`);
  }
}
