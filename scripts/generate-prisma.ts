/**
 * Writes the Prisma client from prisma/schema.prisma. `node scripts/generate-prisma.ts` writes; with `--check` it only compares and exits
 * with 1 when something does not match. Whether the migrations lead to the schema is proven by packages/store/test/migrations-match-schema.test.ts.
 */
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { clientPath, generateClient, schemaPath } from "./prisma/generate-client.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Files of a folder and those below: path relative to it -> content. */
async function contentOf(directory: string): Promise<Map<string, string>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(paths.map(async (path) => [relative(directory, path), await readFile(path, "utf8")] as const)));
}

/** What the client should be, made beside a copy of the schema so that its relative output path leads into a temporary folder. */
async function wantedFiles(): Promise<Map<string, string>> {
  const directory = await mkdtemp(join(tmpdir(), "ferry-generate-"));
  try {
    const copy = join(directory, relative(root, schemaPath));
    await cp(schemaPath, copy);
    await generateClient(copy);
    return await contentOf(join(directory, relative(root, clientPath)));
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Paths of generated files that are missing, too many, or not what the schema says. */
export async function stalePrismaFiles(): Promise<string[]> {
  const [wanted, present] = [await wantedFiles(), await contentOf(clientPath)];
  const paths = [...new Set([...wanted.keys(), ...present.keys()])].sort();
  return paths.filter((path) => wanted.get(path) !== present.get(path)).map((path) => join(clientPath, path));
}

/** Replaces the generated client. */
export async function writePrismaFiles(): Promise<void> {
  await rm(clientPath, { recursive: true, force: true });
  await generateClient();
}

async function check(): Promise<void> {
  const stale = await stalePrismaFiles();
  if (stale.length === 0) return;
  console.error(`Out of date: ${stale.join(", ")}. Run: node scripts/generate-prisma.ts`);
  process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await (process.argv.includes("--check") ? check() : writePrismaFiles());
