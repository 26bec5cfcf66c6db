import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { LabConfig } from "./config.ts";
import { exists } from "./processes.ts";
import { run } from "./run.ts";

/** A short key that changes when any of the parts does. */
export function contentKey(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest("hex").slice(0, 16);
}

/**
 * The path of a cached file; `build` makes it, into the path it is given, when it is not there. Two builders at once are
 * harmless: each builds in a directory of its own, and the result appears whole by a rename.
 */
export async function cached(
  config: LabConfig,
  fileName: string,
  build: (target: string, workDir: string) => Promise<void>,
): Promise<string> {
  const path = join(config.cacheDir, fileName);
  if (await exists(path)) return path;
  await mkdir(config.cacheDir, { recursive: true });
  const workDir = await mkdtemp(join(config.cacheDir, "building-"));
  try {
    await build(join(workDir, fileName), workDir);
    await rename(join(workDir, fileName), path);
  } finally {
    await rm(workDir, { recursive: true, force: true });
  }
  return path;
}

/** Compiles C sources of this directory into one static executable, cached by their content. @throws CommandError with the compiler's words. */
export async function compile(
  config: LabConfig,
  name: string,
  sources: readonly string[],
  headers: readonly string[] = [],
  definitions: readonly string[] = [],
): Promise<string> {
  const paths = sources.map((source) => join(import.meta.dirname, source));
  const contents = await Promise.all(
    [...paths, ...headers.map((header) => join(import.meta.dirname, header))].map((path) => readFile(path)),
  );
  const flags = ["-O2", "-Wall", "-Wextra", "-Werror", "-static", "-pthread", ...definitions];
  return await cached(config, `${name}-${contentKey([...contents, ...flags])}`, async (target) => {
    await run(["gcc", ...flags, "-o", target, ...paths]);
  });
}
