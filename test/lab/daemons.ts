import { execOn, tryExecOn, virsh } from "./host-exec.ts";
import { defaultPoolXml, labNetworkXml } from "./host-files.ts";
import { waitFor } from "./processes.ts";
import type { HostRecord } from "./state.ts";

type Host = Pick<HostRecord, "init" | "name">;

/** Milliseconds that a daemon may take on a loaded machine; half a second is usual. */
const START_TIMEOUT_MS = 60_000;

/** Starts sshd, virtlogd and libvirtd of a host that has just booted. */
export async function startDaemons(host: Host): Promise<void> {
  await execOn(host, ["mkdir", "-p", "/run/sshd", "/run/lock"]);
  await startSshd(host);
  await execOn(host, ["virtlogd", "-d"]);
  await startLibvirtd(host);
}

/** Defines and starts the pool `default` and the network `lab` of a new host; both start with libvirtd from then on. */
export async function defineDefaults(host: Host): Promise<void> {
  await virsh(host, ["pool-define", "/dev/stdin"], defaultPoolXml());
  await virsh(host, ["pool-autostart", "default"]);
  await virsh(host, ["pool-start", "default"]);
  await virsh(host, ["net-define", "/dev/stdin"], labNetworkXml());
  await virsh(host, ["net-autostart", "lab"]);
  await virsh(host, ["net-start", "lab"]);
}

/** Starts libvirtd; when it runs already nothing happens. After success its socket answers. */
export async function startLibvirtd(host: Host): Promise<void> {
  if (!(await answers(host))) await execOn(host, ["libvirtd", "-d", "--listen"]);
  await waitFor(
    () => answers(host),
    `libvirtd on ${host.name} to answer; its log is /var/log/libvirt/libvirtd.log there`,
    START_TIMEOUT_MS,
  );
}

/** Kills libvirtd (SIGKILL), as a crash would; guests go on. */
export async function killLibvirtd(host: Host): Promise<void> {
  await killByPidFile(host, "/run/libvirtd.pid");
}

/** Starts sshd. */
export async function startSshd(host: Host): Promise<void> {
  await execOn(host, ["/usr/sbin/sshd", "-E", "/var/log/sshd.log"]);
}

/** Kills the listening sshd (SIGKILL); sessions that are open stay open. */
export async function killSshd(host: Host): Promise<void> {
  await killByPidFile(host, "/run/sshd.pid");
}

/** Kills the QEMU process of a guest (SIGKILL), as the kernel would when memory runs out. @throws CommandError when it does not run there. */
export async function killQemu(host: Host, guest: string): Promise<void> {
  await killByPidFile(host, `/run/libvirt/qemu/${guest}.pid`);
}

async function killByPidFile(host: Host, path: string): Promise<void> {
  const pid = (await execOn(host, ["cat", path])).trim();
  if (!/^\d+$/.test(pid)) throw new Error(`Cannot kill the process of ${path} on ${host.name}: the file holds "${pid}", not a pid.`);
  await execOn(host, ["/bin/kill", "-KILL", pid]);
  await waitFor(async () => !(await runs(host, pid)), `the end of process ${pid} on ${host.name}`, 10_000);
}

async function runs(host: Host, pid: string): Promise<boolean> {
  return (await tryExecOn(host, ["/bin/kill", "-0", pid])).code === 0;
}

async function answers(host: Host): Promise<boolean> {
  return (await tryExecOn(host, ["virsh", "--connect", "qemu:///system", "--quiet", "uri"])).code === 0;
}
