import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopEmbeddedPostgres } from "@ferry/store/embedded";
import type { TestProject } from "vitest/node";

/** Under this key the test run tells its workers where its PostgreSQL lives. */
export const directoryKey = "ferryTestPostgres";

declare module "vitest" {
  interface ProvidedContext {
    ferryTestPostgres: string;
  }
}

const prefix = "ferry-test-";

/**
 * Vitest's global set-up: names the folder of the test run's PostgreSQL, which the first test that needs one starts, and removes both at the end. What a run
 * that was killed has left behind goes as well.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeLeftovers();
  const directory = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  project.provide(directoryKey, directory);
  return () => remove(directory);
}

async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) await remove(join(tmpdir(), name));
  }
}

async function remove(directory: string): Promise<void> {
  await stopEmbeddedPostgres(directory);
  await rm(directory, { recursive: true, force: true });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
