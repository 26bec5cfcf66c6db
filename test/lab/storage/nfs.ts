import { execOn, tryExecOn } from "../host-exec.ts";
import type { Lab } from "../lab.ts";
import { ensureOptionalPackages } from "../packages.ts";
import { waitFor } from "../processes.ts";
import { ensureStorageServer, type StorageServer } from "./server.ts";

/** The only export of the server. Every host's root is root there. */
export const NFS_EXPORT = "/srv/nfs";

const CONFIG = "/srv/etc/ganesha.conf";
const START_TIMEOUT_MS = 30_000;

/**
 * Brings up the NFS server: nfs-ganesha, in userspace, version 3 only, because that is what QEMU's own client speaks; that client asks a port
 * mapper for the ports, so there is one. Ganesha complains about the absence of D-Bus and Kerberos, and goes on.
 */
export async function ensureNfs(lab: Lab): Promise<StorageServer> {
  await ensureOptionalPackages("nfs");
  return await ensureStorageServer(lab, startNfs);
}

async function startNfs(server: StorageServer): Promise<void> {
  if (await answers(server)) return;
  await execOn(server, ["mkdir", "-p", "/run/rpcbind", "/run/ganesha"]);
  // It keeps its clients' leases there, in a directory of the machine.
  await execOn(server, ["mount", "-t", "tmpfs", "tmpfs", "/var/lib/nfs"]);
  await execOn(server, ["rpcbind", "-w"]);
  await waitFor(() => mapsPorts(server), "the port mapper of the storage server to answer", START_TIMEOUT_MS);
  await execOn(server, ["install", "-m", "644", "/dev/stdin", CONFIG], { input: ganeshaConfig() });
  await execOn(server, ["ganesha.nfsd", "-f", CONFIG, "-L", "/srv/log/ganesha.log", "-p", "/run/ganesha/pid"]);
  await waitFor(
    () => answers(server),
    "the NFS server to answer; its log is storage/log/ganesha.log in the lab's directory",
    START_TIMEOUT_MS,
  );
}

async function mapsPorts(server: StorageServer): Promise<boolean> {
  return (await tryExecOn(server, ["rpcinfo", "-p", server.portals[0]])).code === 0;
}

/** NFS is program 100003 and mount is 100005. */
async function answers(server: StorageServer): Promise<boolean> {
  for (const program of ["100003", "100005"]) {
    if ((await tryExecOn(server, ["rpcinfo", "-t", server.portals[0], program, "3"])).code !== 0) return false;
  }
  return true;
}

function ganeshaConfig(): string {
  const core = "Protocols = 3; NFS_Port = 2049; MNT_Port = 20048; Enable_NLM = false; Enable_RQUOTA = false;";
  const plugins = "Plugins_Dir = /usr/lib/x86_64-linux-gnu/ganesha;";
  const access = "Access_Type = RW; Squash = No_Root_Squash; SecType = sys; Protocols = 3; Transports = TCP;";
  return `NFS_CORE_PARAM { ${core} ${plugins} }
EXPORT { Export_Id = 1; Path = ${NFS_EXPORT}; Pseudo = ${NFS_EXPORT}; ${access} FSAL { Name = VFS; } }
LOG { Default_Log_Level = EVENT; }
`;
}
