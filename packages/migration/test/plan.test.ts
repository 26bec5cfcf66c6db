import { expect, it } from "vitest";
import { liveMigration } from "../src/index.ts";

it("lists the steps by phase in this order; their names are keys in the step log and never change", () => {
  expect(liveMigration.steps.map((step) => `${step.phase}: ${step.name}`)).toEqual([
    "check: check-conditions",
    "setup: claim-destination",
    "setup: start-pools",
    "setup: bring-backing-images",
    "setup: create-disks",
    "setup: start-networks",
    "setup: place-firewall-rules",
    "setup: grant-peer-access",
    "migrate: transfer-guest",
    "cleanup: record-handover",
    "cleanup: release-claim",
    "cleanup: withdraw-peer-access",
    "cleanup: verify-definition",
    "cleanup: release-source",
    "cleanup: record-summary",
    "cleanup: undefine-source",
    "cleanup: delete-source-disks",
    "cleanup: release-source-firewall",
    "cleanup: hand-over-artifacts",
  ]);
});

it("gives every step an undo or the reason why it has none, and every setup step an undo", () => {
  for (const step of liveMigration.steps) {
    if (step.phase === "setup") expect(step.undo, step.name).toBeTypeOf("function");
    else if (typeof step.undo !== "function") expect(step.undo.none.length, step.name).toBeGreaterThan(10);
  }
});

it("has one pivot, the transfer, and nothing is undone after it", () => {
  const pivot = liveMigration.steps.findIndex((step) => step.pivot);
  expect(liveMigration.steps[pivot]?.name).toBe("transfer-guest");
  for (const step of liveMigration.steps.slice(pivot)) expect(step.undo, step.name).not.toBeTypeOf("function");
});

it("removes what is the source's only after the destination's definition was read back", () => {
  const position = (name: string) => liveMigration.steps.findIndex((step) => step.name === name);
  for (const remover of ["undefine-source", "delete-source-disks", "release-source-firewall"])
    expect(position(remover)).toBeGreaterThan(position("verify-definition"));
  expect(position("delete-source-disks")).toBeGreaterThan(position("undefine-source"));
});
