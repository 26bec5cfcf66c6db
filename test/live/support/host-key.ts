import { killSshd, type LabHost, startSshd, tryExecOn } from "../../lab/index.ts";

const KEY = "/etc/ssh/ssh_host_ed25519_key";

/** Gives a host another SSH host key, as a reinstalled host or an impostor has, and ends all sessions. */
export async function swapHostKey(host: LabHost): Promise<void> {
  await host.exec(["mv", KEY, `${KEY}.kept`]);
  await host.exec(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", KEY]);
  await restartSshd(host);
}

export async function restoreHostKey(host: LabHost): Promise<void> {
  await host.exec(["mv", `${KEY}.kept`, KEY]);
  await restartSshd(host);
}

async function restartSshd(host: LabHost): Promise<void> {
  await killSshd(host);
  // A session's second process may end with its first.
  for (const pid of await sessions(host)) await tryExecOn(host, ["/bin/kill", "-KILL", pid]);
  await startSshd(host);
}

/** Processes of sshd on the host: what is left of it are its sessions. */
async function sessions(host: LabHost): Promise<string[]> {
  const rows = (await host.exec(["ps", "-eo", "pid=,comm="])).split("\n").map((row) => row.trim().split(/\s+/));
  return rows.flatMap(([pid, name]) => (pid !== undefined && name?.startsWith("sshd") ? [pid] : []));
}
