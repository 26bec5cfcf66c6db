import { spawn } from "node:child_process";
import { compile } from "./cache.ts";
import type { LabConfig } from "./config.ts";
import { identify, type ProcessId, readIfPresent, waitFor } from "./processes.ts";

/** Namespaces that a machine of the lab has for itself, besides that of its network. */
const NAMESPACES = ["--mount", "--uts", "--ipc", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private"];

/** Starts the first process of a machine in the given network namespace; its death ends everything on the machine. `what` names it in errors. */
export async function startMachine(config: LabConfig, networkNamespace: string, what: string): Promise<ProcessId> {
  const reaper = await compile(config, "reaper", ["reaper.c"]);
  const argv = ["netns", "exec", networkNamespace, "unshare", ...NAMESPACES, reaper];
  const child = spawn("ip", argv, { detached: true, stdio: "ignore" });
  child.unref();
  const pid = child.pid;
  if (pid === undefined) throw new Error(`Cannot start ${what}: "ip netns exec" could not be started; install iproute2.`);
  return await waitFor(() => onlyChild(pid), `the first process of ${what}`, 30_000);
}

async function onlyChild(pid: number): Promise<ProcessId | undefined> {
  const children = (await readIfPresent(`/proc/${pid}/task/${pid}/children`))?.trim() ?? "";
  if (children === "" || (await readIfPresent(`/proc/${children}/comm`))?.startsWith("reaper") !== true) return undefined;
  return await identify(Number(children));
}
