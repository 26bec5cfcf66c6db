import { readFile, readlink, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** A process named so that a later process with the same pid is never mistaken for it. */
export interface ProcessId {
  readonly pid: number;
  /** Field 22 of /proc/PID/stat: clock ticks between boot and the start of the process. */
  readonly startTicks: number;
}

/** The identity of a running process, or undefined when there is none (or it is a zombie). */
export async function identify(pid: number): Promise<ProcessId | undefined> {
  const content = await readIfPresent(`/proc/${pid}/stat`);
  if (content === undefined) return undefined;
  // The command name in parentheses may hold spaces and parentheses: fields are counted after the last one.
  const fields = content.slice(content.lastIndexOf(")") + 2).split(" ");
  if (fields[0] === "Z" || fields[0] === "X") return undefined;
  return { pid, startTicks: Number(fields[19]) };
}

/** True while exactly this process runs. */
export async function isAlive(id: ProcessId): Promise<boolean> {
  return (await identify(id.pid))?.startTicks === id.startTicks;
}

/** Kills exactly this process (SIGKILL) and waits for its end; a process that is gone already is fine. @throws Error after 10 s. */
export async function killProcess(id: ProcessId): Promise<void> {
  if (!(await isAlive(id))) return;
  process.kill(id.pid, "SIGKILL");
  await waitFor(async () => !(await isAlive(id)), `the end of process ${id.pid}`, 10_000);
}

/** The link of a namespace, such as "net:[4026532201]"; undefined when the process is gone. */
export async function namespaceOf(pid: number, kind: "net" | "mnt" | "pid"): Promise<string | undefined> {
  try {
    return await readlink(`/proc/${pid}/ns/${kind}`);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Asks `find` every 20 ms until it gives something other than undefined or false, and returns that. @throws Error naming `what` after `timeoutMs`. */
export async function waitFor<T>(find: () => Promise<T | undefined | false>, what: string, timeoutMs: number): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.`);
    await sleep(20);
  }
}

/** The file's text, or undefined when there is no such file (or, below /proc, no such process any more). */
export async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** True when the path names something. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** True for ENOENT, ENOTDIR and ESRCH: the thing is not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH" || error.code === "ENOTDIR");
}
