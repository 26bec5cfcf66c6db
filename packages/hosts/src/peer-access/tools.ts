import { isNoSuchFile, type SshFiles, type SshSession } from "@ferry/libvirt";
import { accountOf } from "./home.ts";

/** Where distributions install programs. */
const directories = ["/usr/bin", "/usr/local/bin", "/usr/libexec", "/bin"] as const;

/**
 * Whether libvirt's SSH transport has its tool on this host. The source's libvirtd runs `ssh` as root, so the key must be placed in root's
 * home: ferry must log in as root there. The destination needs `virt-ssh-helper`, the only command that a placed key may run.
 */
export async function canPeer(session: SshSession, user: string, role: "source" | "destination"): Promise<boolean> {
  if (role === "destination") return await hasProgram(session.files, "virt-ssh-helper");
  return (await accountOf(session, user)).uid === 0 && (await hasProgram(session.files, "ssh"));
}

async function hasProgram(files: SshFiles, name: string): Promise<boolean> {
  const found = await Promise.all(directories.map((directory) => isFile(files, `${directory}/${name}`)));
  return found.includes(true);
}

async function isFile(files: SshFiles, path: string): Promise<boolean> {
  try {
    return (await files.stat(path)).isFile;
  } catch (error) {
    if (isNoSuchFile(error)) return false;
    throw error;
  }
}
