/**
 * Writes docs/api-coverage.md. `node scripts/generate-coverage.ts` writes; with `--check` it only compares and exits with 1 when the page does not match
 * the contract.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { bundle, createConfig } from "@redocly/openapi-core";
import { skips } from "../test/tempest/skips.ts";
import type { Contract } from "./api-coverage/judge.ts";
import { readUpstream } from "./api-coverage/operations.ts";
import { coveragePage } from "./api-coverage/page.ts";

const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const page = path("docs/api-coverage.md");

/** What the page should be. */
async function wantedPage(): Promise<string> {
  const { bundle: document } = await bundle({ ref: path("openapi/ferry.yaml"), config: await createConfig({}), dereference: true });
  return coveragePage(document.parsed as Contract, await readUpstream(), skips);
}

/** The page's path when it does not match. */
export async function staleCoverageFiles(): Promise<string[]> {
  const present = await readFile(page, "utf8").catch(() => null);
  return present === (await wantedPage()) ? [] : [page];
}

/** Writes the page. */
export async function writeCoverageFiles(): Promise<void> {
  await writeFile(page, await wantedPage());
}

async function check(): Promise<void> {
  const stale = await staleCoverageFiles();
  if (stale.length === 0) return;
  console.error(`Out of date: ${stale.join(", ")}. Run: node scripts/generate-coverage.ts`);
  process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await (process.argv.includes("--check") ? check() : writeCoverageFiles());
