import { describe, expect, it } from "vitest";
import { coldMigration, confirmation, reversal, stateMigration } from "../src/index.ts";

const namesOf = (plan: { readonly steps: readonly { readonly phase: string; readonly name: string }[] }): string[] =>
  plan.steps.map((step) => `${step.phase}: ${step.name}`);

const arrival = [
  "check: check-conditions",
  "setup: claim-destination",
  "setup: start-pools",
  "setup: bring-backing-images",
  "setup: create-disks",
  "setup: start-networks",
  "setup: place-firewall-rules",
  "migrate: note-power",
  "migrate: claim-source",
  "migrate: stop-at-source",
  "migrate: copy-disks",
  "migrate: hand-over",
  "cleanup: withdraw-source-definition",
  "cleanup: continue-at-destination",
  "cleanup: record-arrival",
  "cleanup: release-claim",
  "cleanup: verify-definition",
  "cleanup: record-summary",
];

describe("the steps of moves that are not live; their names are keys in the step log and never change", () => {
  it("a cold migration keeps what the source has, and its room there; it may give the server another size", () => {
    const resizing = arrival.flatMap((name) => {
      if (name === "migrate: note-power") return [name, "migrate: note-size"];
      return name === "migrate: copy-disks" ? [name, "migrate: grow-root-disk"] : [name];
    });
    expect(namesOf(coldMigration)).toEqual(resizing);
  });

  it("a saved or offline move lets it go", () => {
    expect(namesOf(stateMigration)).toEqual([
      ...arrival,
      "cleanup: release-source-claim",
      "cleanup: delete-saved-state",
      "cleanup: delete-source-disks",
      "cleanup: release-source-firewall",
      "cleanup: hand-over-artifacts",
    ]);
  });

  it("a confirmation lets go what a cold migration kept", () => {
    expect(namesOf(confirmation)).toEqual([
      "migrate: prove-moved",
      "cleanup: delete-source-disks",
      "cleanup: release-source-firewall",
      "cleanup: hand-over-artifacts",
      "cleanup: release-source-claim",
      "cleanup: record-confirmed",
    ]);
  });

  it("a reversal defines the server at the source before it leaves the destination, and clears that at last", () => {
    expect(namesOf(reversal)).toEqual([
      "migrate: prove-return",
      "cleanup: stop-at-destination",
      "cleanup: define-at-source",
      "cleanup: withdraw-destination-definition",
      "cleanup: start-at-source",
      "cleanup: record-return",
      "cleanup: release-source-claim",
      "cleanup: clear-destination",
    ]);
  });
});

describe.each([coldMigration, stateMigration, confirmation, reversal])("the plan $name", (plan) => {
  it("has one pivot, and nothing is undone after it", () => {
    const pivot = plan.steps.findIndex((step) => step.pivot);
    expect(plan.steps.filter((step) => step.pivot)).toHaveLength(1);
    for (const step of plan.steps.slice(pivot)) expect(step.undo, step.name).not.toBeTypeOf("function");
  });

  it("gives every step an undo or the reason why it has none", () => {
    for (const { name, undo } of plan.steps) if (typeof undo !== "function") expect(undo.none.length, name).toBeGreaterThan(10);
  });
});

it("a confirmation and a reversal share no step with the move whose log they go on in", () => {
  const moved = new Set(coldMigration.steps.map((step) => step.name));
  for (const step of [...confirmation.steps, ...reversal.steps]) expect(moved.has(step.name), step.name).toBe(false);
});
