/**
 * Bundles `openapi/ferry.yaml` into one document and writes its types. `node scripts/generate-contract.ts` writes; with `--check` it only
 * compares and exits with 1 when a generated file does not match the contract.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle, createConfig } from "@redocly/openapi-core";
import openapiTypes, { astToString, type OpenAPI3 } from "openapi-typescript";

const contract = fileURLToPath(new URL("../openapi/ferry.yaml", import.meta.url));
const generated = (name: string): string => fileURLToPath(new URL(`../packages/contract/src/generated/${name}`, import.meta.url));
const header = "// Made from openapi/ by scripts/generate-contract.ts. Do not edit.\n";

/** The generated files of the contract: absolute path -> wanted content. */
export async function contractFiles(): Promise<Map<string, string>> {
  const bundled = await bundle({ ref: contract, config: await createConfig({}) });
  const errors = bundled.problems.filter((problem) => problem.severity === "error");
  if (errors.length > 0) throw new Error(`Cannot bundle ${contract}: ${errors.map((problem) => problem.message).join("; ")}`);
  const document = bundled.bundle.parsed as OpenAPI3;
  return new Map([
    [generated("document.json"), `${JSON.stringify(document, null, 1)}\n`],
    [generated("types.ts"), header + astToString(await openapiTypes(structuredClone(document), { alphabetize: false }))],
  ]);
}

/** Paths of the generated files that do not match the contract. */
export async function staleContractFiles(): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, wanted] of await contractFiles()) {
    const present = await readFile(path, "utf8").catch(() => null);
    if (present !== wanted) stale.push(path);
  }
  return stale;
}

/** Writes the generated files. */
export async function writeContractFiles(): Promise<void> {
  for (const [path, wanted] of await contractFiles()) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, wanted);
  }
}

async function main(check: boolean): Promise<void> {
  const stale = await staleContractFiles();
  if (check && stale.length > 0) {
    console.error(`Out of date: ${stale.join(", ")}. Run: node scripts/generate-contract.ts`);
    process.exitCode = 1;
    return;
  }
  if (!check) await writeContractFiles();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.includes("--check"));
