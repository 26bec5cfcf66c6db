import { type CommandResult, type RunOptions, run, tryRun } from "./run.ts";
import type { HostRecord } from "./state.ts";

const PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The argument array that runs `argv` inside a host, as root, with a login's environment. */
export function insideHost(host: Pick<HostRecord, "init">, argv: readonly string[]): string[] {
  const enter = ["nsenter", "--target", String(host.init.pid), "--mount", "--uts", "--ipc", "--net", "--pid", "--wd=/"];
  return [...enter, "--", "env", "-i", "HOME=/root", "USER=root", "LC_ALL=C", `PATH=${PATH}`, ...argv];
}

/** Runs a command inside a host. @throws CommandError unless it ends with code 0. Returns standard output. */
export function execOn(host: Pick<HostRecord, "init">, argv: readonly string[], options: RunOptions = {}): Promise<string> {
  return run(insideHost(host, argv), options);
}

/** Runs a command inside a host and returns whatever it ended with. */
export function tryExecOn(host: Pick<HostRecord, "init">, argv: readonly string[], options: RunOptions = {}): Promise<CommandResult> {
  return tryRun(insideHost(host, argv), options);
}

/** Runs virsh inside a host against its own libvirtd. `xml` becomes its standard input: name it /dev/stdin in `args`. */
export function virsh(host: Pick<HostRecord, "init">, args: readonly string[], xml?: string): Promise<string> {
  return execOn(host, ["virsh", "--connect", "qemu:///system", "--quiet", ...args], xml === undefined ? {} : { input: xml });
}

/** Where a path of a host is seen from the root namespace, mounts of the host included. */
export function pathOn(host: Pick<HostRecord, "init">, path: string): string {
  return `/proc/${host.init.pid}/root${path}`;
}
