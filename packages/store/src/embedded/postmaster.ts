import { readFile, readlink, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { dataPath } from "./cluster.ts";

/** The running server of that directory by its `postmaster.pid`, or null. */
export async function runningPid(directory: string): Promise<number | null> {
  const text = await readFile(pidFile(directory), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const pid = Number.parseInt(text, 10);
  return Number.isInteger(pid) && (await isPostmaster(pid, directory)) ? pid : null;
}

/**
 * Removes the pid file of a server that was killed. PostgreSQL does so itself unless another process has the number by now, which is usual after a
 * container or a machine was started again.
 */
export async function forgetDeadServer(directory: string): Promise<void> {
  if ((await runningPid(directory)) === null) await rm(pidFile(directory), { force: true });
}

/** Fast shutdown: open transactions are rolled back, clients cut. Resolves when the process is gone; throws after 30 s. */
export async function stopServer(directory: string): Promise<void> {
  const pid = await runningPid(directory);
  if (pid === null) return;
  process.kill(pid, "SIGINT");
  for (let waitedMs = 0; waitedMs < 30_000; waitedMs += 20) {
    if (!isAlive(pid)) return;
    await sleep(20);
  }
  throw new Error(`Cannot stop the embedded PostgreSQL in ${directory}: process ${pid} still runs after 30 s. Look into server.log there.`);
}

const pidFile = (directory: string): string => join(dataPath(directory), "postmaster.pid");

/** A postmaster's working directory is its data directory. Where /proc is missing or closed, being alive has to do. */
async function isPostmaster(pid: number, directory: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  try {
    const [program, workingDirectory] = await Promise.all([readlink(`/proc/${pid}/exe`), readlink(`/proc/${pid}/cwd`)]);
    return basename(program).startsWith("postgres") && workingDirectory === dataPath(directory);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "EACCES" || (code === "ENOENT" && process.platform !== "linux")) return true;
    if (code === "ENOENT") return false;
    throw error;
  }
}

/** Whether a process of that number exists. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
