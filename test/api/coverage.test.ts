import { readFileSync } from "node:fs";
import { contractOperations } from "@ferry/contract";
import { describe, expect, it } from "vitest";
import { exampleFiles, readExample } from "./support/examples.ts";

/** Answers that no example can hold: a stream that does not end, the contract itself and its page, a database that is gone, a host that is dead. Each has a test of its own. */
const testedElsewhere = [
  "serverAction 200",
  "streamEvents 200",
  "streamEvents 503",
  "openapi 200",
  "showDocs 200",
  "showDocsFile 200",
  "health 503",
  "removeImage 409",
  "deleteImageV2 409",
  "downloadImageV2 200",
  "downloadImageV2 409",
  "removeImageTag 204",
  "issueToken 429",
  "changePassword 429",
  "deleteProject 204",
  "createApplicationCredential 409",
  "showApplicationCredential 200",
  "deleteApplicationCredential 204",
];
/** One test asks every operation for them. */
const testedForAll = ["401"];

const uncoveredFile = new URL("./uncovered.txt", import.meta.url);

describe("examples", () => {
  const examples = exampleFiles().map(readExample);

  it("hold every answer that the contract names, except those in uncovered.txt", () => {
    const held = new Set(examples.map(({ operation, answer }) => `${operation} ${answer?.status}`));
    const named = contractOperations.flatMap(({ id, object }) => Object.keys(object.responses).map((status) => [id, status] as const));
    const missing = named
      .filter(([, status]) => !testedForAll.includes(status))
      .map(([id, status]) => `${id} ${status}`)
      .filter((answer) => !held.has(answer) && !testedElsewhere.includes(answer));
    expect(missing.join("\n")).toBe(readFileSync(uncoveredFile, "utf8").trim());
  });

  it("belong to operations of the contract, and their file says which", () => {
    const ids = contractOperations.map((operation) => operation.id);
    for (const file of exampleFiles()) {
      expect(ids).toContain(readExample(file).operation);
      expect(file.startsWith(`${readExample(file).operation}.`)).toBe(true);
    }
  });
});
