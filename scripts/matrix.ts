/** `npm run matrix`: writes what the last run of test/live/matrix.test.ts saw into README.md and docs/matrix.md. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { matrixTable, refusals, withMatrix } from "../test/matrix/pages.ts";
import { readResults } from "../test/matrix/results.ts";
import { repositoryRoot } from "./run-in-order.ts";

const results = await readResults();
await rewrite("README.md", matrixTable(results));
await rewrite("docs/matrix.md", refusals(results));

async function rewrite(page: string, content: string): Promise<void> {
  const path = join(repositoryRoot, page);
  await writeFile(path, withMatrix(await readFile(path, "utf8"), content));
}
