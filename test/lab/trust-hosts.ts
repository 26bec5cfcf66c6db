import { copyFile, writeFile } from "node:fs/promises";
import { execOn, pathOn } from "./host-exec.ts";
import type { Lab } from "./lab.ts";

/** What a person prepares once who moves guests with virsh: a key with which root of each host reaches the others, and their host keys. */
export async function trustHosts(lab: Lab): Promise<void> {
  const known = lab.hosts.map(({ address, hostKey }) => `${address} ${hostKey}\n`).join("");
  for (const host of lab.hosts) {
    await execOn(host, ["mkdir", "-p", "-m", "700", "/root/.ssh"]);
    await copyFile(lab.privateKeyPath, pathOn(host, "/root/.ssh/id_ed25519"));
    await execOn(host, ["chmod", "600", "/root/.ssh/id_ed25519"]);
    await writeFile(pathOn(host, "/root/.ssh/known_hosts"), known, { mode: 0o600 });
  }
}
