export { type FaultPoint, type FaultProbe, faultPoints, noFaults, ProcessDeath } from "./faults.ts";
export { type RunOptions, type RunResult, runPlan } from "./run.ts";
export { type AnyStep, PivotNotReached, type Plan, plan, type Step, type StepContext, type Undo } from "./step.ts";
