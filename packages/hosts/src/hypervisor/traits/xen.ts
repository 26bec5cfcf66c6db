import { migrateFlags as f, migrateParams as p, undefineFlags } from "@ferry/libvirt";
import type { DriverTraits } from "./traits.ts";
import { xenDiskSize } from "./xen-disk-size.ts";
import { xenHostUuid } from "./xen-host-uuid.ts";
import { readXenJob } from "./xen-job.ts";
import { resetXenGuest, resumeXenGuest } from "./xen-power.ts";

const parameters: ReadonlySet<string> = new Set([p.uri, p.destinationName, p.destinationXml]);

/** Xen's control domain, which libvirt lists as a guest. */
const CONTROL_DOMAIN_ID = 0;

/**
 * libvirt's Xen driver (libxl), as of 9.0. A transfer that a client drives leaves the guest stopped on both hosts when that client dies, so ferry
 * uses peer-to-peer only. Nothing copies disks, no call ends a transfer, a guest has to run to be
 * transferred, and a state that was saved can be restored only as it was.
 */
export const xen: DriverTraits = {
  scheme: "xen",
  moves: {
    transports: ["p2p"],
    modes: ["live", "cold", "offline"],
    copiesDisks: false,
    aborts: false,
    countsBytes: false,
    paused: false,
    tunnels: false,
  },
  transferFlags: f.live | f.peer2peer | f.persistDest | f.paused,
  takesParameter: (field) => parameters.has(field),
  undefineFlags: undefineFlags.managedSave,
  isGuest: ({ id }) => id !== CONTROL_DOMAIN_ID,
  readJob: readXenJob,
  resume: resumeXenGuest,
  reset: resetXenGuest,
  diskSize: xenDiskSize,
  hostUuid: xenHostUuid,
};
