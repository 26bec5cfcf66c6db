import { planDisks } from "../policy/plan-disks.ts";
import { pass, warn, withBoth } from "./check.ts";

/** Mount types that libvirt itself takes for shared storage (its `virFileIsSharedFS`). */
const recognised: readonly string[] = [
  "acfs",
  "afs",
  "beegfs",
  "ceph",
  "cifs",
  "fuse.glusterfs",
  "fuse.quobyte",
  "gfs2",
  "gpfs",
  "nfs",
  "nfs4",
  "ocfs2",
  "smb3",
  "smbfs",
];

/**
 * libvirt judges by the type of the mount, ferry by proof; both must agree, because ferry never tells libvirt to look away. That ferry only warns
 * has a reason: newer libvirt may be told of other directories, and tells nobody. It refuses before anything has moved.
 */
export const sharedStorageRecognised = withBoth("shared-storage-recognised", (facts) => {
  const writable = new Set(facts.source.guest.disks.filter((disk) => !disk.readOnly).map((disk) => disk.target));
  const types = planDisks(facts).flatMap((plan) => {
    const type = plan.action === "shared" && writable.has(plan.target) ? facts.destination.sharedFileSystems[plan.sourcePath ?? ""] : null;
    return type && !recognised.includes(type) ? [{ target: plan.target, type }] : [];
  });
  const [odd] = types;
  if (!odd) return pass("libvirt takes the server's shared storage for shared, as far as its mounts tell.");
  return warn(
    `Disk ${odd.target} is on shared storage that ${facts.source.record.name} mounts as ${odd.type}, which libvirt may take for local; then it refuses the move.`,
    "Mount it as a network file system that libvirt knows (NFS, CephFS, GFS2, OCFS2, GlusterFS), or name it in shared_filesystems of qemu.conf where libvirt has that setting.",
  );
});
