import { liveMigration } from "@ferry/migration";
import type { Scenario } from "./scenario.ts";

/** Names of all steps in the plan's order: a step that is added is tried as well. */
export const stepNames = liveMigration.steps.map((step) => step.name);

/** Place of the point of no return among them. */
export const pivotIndex = liveMigration.steps.findIndex((step) => step.pivot);

/**
 * The steps to try in a scenario. What comes before the keys between the hosts does not know the transport, so it is tried with one of the two.
 */
export function stepsToTry({ transport }: Scenario): readonly string[] {
  return transport === "p2p" ? stepNames : stepNames.slice(stepNames.indexOf("grant-peer-access"));
}
