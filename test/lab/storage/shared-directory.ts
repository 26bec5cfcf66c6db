import { execOn, tryExecOn, virsh } from "../host-exec.ts";
import type { Lab } from "../lab.ts";
import { withLock } from "../lock.ts";
import { ensureOptionalPackages } from "../packages.ts";
import type { HostRecord } from "../state.ts";
import { readState, writeState } from "../state.ts";

/** The directory that all hosts of a lab share, and that of their pool `shared`. */
export const SHARED_DIR = "/srv/shared";
/** Name of the pool on {@link SHARED_DIR}, on every host. */
export const SHARED_POOL = "shared";

/** Where the directory itself is kept on a host. */
const STORE = "/run/lab-shared";

/**
 * Makes /srv/shared a file system that libvirt takes for a shared one, on every host, with a pool on it. libvirt goes by the type of the mount,
 * and the kernel here has no client of any network file system; so each host mounts the lab's directory through FUSE, under the type that
 * GlusterFS's client has. As with a real one, each host has its own page cache and its own locks, so that only cache='none' is safe.
 */
export async function ensureSharedDirectory(lab: Lab): Promise<void> {
  await ensureOptionalPackages("shared");
  await withLock(lab.config.name, async () => {
    for (const host of lab.hosts) await mountShared(host);
    for (const host of lab.hosts) await definePool(host);
    await writeState(lab.config, { ...(await readState(lab.config)), sharedDirectory: true });
  });
}

/** Mounts it on a host that has just booted, if the lab has it; its pool is defined and starts by itself. */
export async function restoreSharedDirectory(lab: Lab, host: HostRecord): Promise<void> {
  if ((await readState(lab.config)).sharedDirectory === true) await mountShared(host);
}

async function mountShared(host: HostRecord): Promise<void> {
  if ((await tryExecOn(host, ["findmnt", "--types", "fuse.glusterfs", "--mountpoint", SHARED_DIR])).code === 0) return;
  await execOn(host, ["mkdir", "-p", STORE]);
  // Moved away, not covered: libvirt looks at the first mount of a path.
  await execOn(host, ["mount", "--move", SHARED_DIR, STORE]);
  // Nothing about a file is remembered: another host may change it at any moment.
  const fresh = "attr_timeout=0,entry_timeout=0,negative_timeout=0";
  await execOn(host, ["bindfs", "-o", `subtype=glusterfs,fsname=lab:shared,${fresh}`, STORE, SHARED_DIR]);
}

async function definePool(host: HostRecord): Promise<void> {
  if ((await tryExecOn(host, ["virsh", "--quiet", "pool-info", SHARED_POOL])).code === 0) return;
  const xml = `<pool type='dir'><name>${SHARED_POOL}</name><target><path>${SHARED_DIR}</path></target></pool>`;
  await virsh(host, ["pool-define", "/dev/stdin"], xml);
  await virsh(host, ["pool-autostart", SHARED_POOL]);
  await virsh(host, ["pool-start", SHARED_POOL]);
}
