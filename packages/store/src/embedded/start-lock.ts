import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "./postmaster.ts";

const deadlineMs = 180_000;

/** Runs `work` while no other process starts the server of that directory. A lock left by a process that was killed is taken over. */
export async function withStartLock<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const path = join(directory, "starting");
  for (let waitedMs = 0; !(await tryLock(path)); waitedMs += 25) {
    if (waitedMs >= deadlineMs)
      throw new Error(`Cannot start PostgreSQL in ${directory}: another process has been starting it for ${deadlineMs} ms.`);
    await sleep(25);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const holder = Number(await readFile(path, "utf8").catch(() => ""));
  if (holder > 0 && !isAlive(holder)) await rm(path, { force: true });
  return false;
}
