import type { GuestDisk, VolumeFacts } from "@ferry/core";
import type { DiskFacts, MoveFacts } from "../facts.ts";
import type { BackingPlan, CopyPlan, DiskPlan } from "../move-plan.ts";
import { directoryOf, filePools } from "./disk-path.ts";
import { planBacking } from "./plan-backing.ts";

/** Decides for each disk what the move does with it. Pure: facts of both hosts in, plan out. */
export function planDisks(facts: MoveFacts): DiskPlan[] {
  const plans = (facts.source.guest?.disks ?? []).map((disk) => planDisk(disk, facts));
  const incremental = plans.some((plan) => plan.action === "copy" && plan.backing !== null);
  return plans.map((plan, index) => (plan.action === "copy" ? besideOthers(plan, plans.slice(0, index), incremental, facts) : plan));
}

function planDisk(disk: GuestDisk, facts: MoveFacts): DiskPlan {
  const { target } = disk;
  if (disk.source.type === "none") return { action: "none", target };
  if (disk.source.type === "network") return { action: "shared", target };
  const known = facts.source.disks.find((one) => one.target === target);
  if (known?.path && facts.destination.sharedPaths.includes(known.path)) return planShared(disk, known, facts);
  if (disk.device === "cdrom" || disk.device === "floppy") {
    return immovable(target, `its medium ${words(disk)} is a file of the source host`, `Eject it: virsh change-media ${target} --eject.`);
  }
  if (disk.source.type !== "file" && disk.source.type !== "volume") {
    return immovable(
      target,
      `its source ${words(disk)} is not a file in a storage pool`,
      "Put it on shared storage, or detach it for the move.",
    );
  }
  return planCopy(disk, known, facts);
}

/** A shared file needs its backing files there too; a volume is found by its pool's name. */
function planShared(disk: GuestDisk, known: DiskFacts, { destination }: MoveFacts): DiskPlan {
  const { target, source } = disk;
  const astray = known.backing.find((layer) => layer && !destination.sharedPaths.includes(layer.path));
  if (astray) {
    return immovable(target, `its backing file ${astray.path} is not on shared storage`, "Put it there as well, or flatten the disk.");
  }
  const pool = destination.volumes[known.path ?? ""]?.pool;
  if (source.type === "volume" && pool !== source.pool) {
    return immovable(
      target,
      `its storage pool ${source.pool} is named ${pool ?? "otherwise"} at the destination`,
      `Give the pool the name ${source.pool} there.`,
    );
  }
  return { action: "shared", target };
}

function planCopy(disk: GuestDisk, known: DiskFacts | undefined, facts: MoveFacts): DiskPlan {
  const { target, format } = disk;
  const volume = known?.volume;
  if (!known || !volume) {
    return immovable(
      target,
      `${words(disk)} lies in no active storage pool of the source`,
      "Define and start a dir pool on its directory, then try again.",
    );
  }
  if (disk.shareable) return immovable(target, "it is marked shareable", "Detach it for the move; two writers would destroy it.");
  if (disk.readOnly) {
    return immovable(
      target,
      "it is read-only and libvirt copies only writable disks",
      "Put it on shared storage, or detach it for the move.",
    );
  }
  if (format !== "qcow2" && format !== "raw") {
    return immovable(
      target,
      `its declared format is ${format ?? "missing"}`,
      "Declare <driver type='qcow2'/> or 'raw' in its definition; ferry never probes.",
    );
  }
  const place = placeAtDestination(volume, facts);
  if (!place) {
    return immovable(
      target,
      `no pool of the destination has the directory or the name of pool ${volume.pool}`,
      `Define a dir pool ${volume.pool} there.`,
    );
  }
  const chain = planBacking(known, facts.destination);
  if ("reason" in chain) return immovable(target, chain.reason, chain.remedy);
  const defined = facts.source.persistent === null || facts.source.persistent.disks.some((one) => one.target === target);
  return copyOf(target, { volume, known, format, place, chain, defined });
}

interface CopyParts {
  readonly volume: VolumeFacts;
  readonly known: DiskFacts;
  readonly format: "qcow2" | "raw";
  readonly place: { pool: string; path: string };
  readonly chain: BackingPlan[];
  readonly defined: boolean;
}

function copyOf(target: string, { volume, known, format, place, chain, defined }: CopyParts): CopyPlan {
  const nearest = known.backing[0];
  return {
    action: "copy",
    target,
    sourcePath: volume.path,
    pool: place.pool,
    name: volume.name,
    path: place.path,
    format,
    capacityBytes: known.capacityBytes,
    usedBytes: known.allocationBytes,
    backing: nearest ? { path: nearest.path, format: nearest.format ?? "raw" } : null,
    chain,
    defined,
  };
}

/** The pool of the same directory, else the pool of the same name: there the file keeps its name. */
function placeAtDestination(volume: VolumeFacts, facts: MoveFacts): { pool: string; path: string } | null {
  const pools = filePools(facts.destination.host?.pools ?? []);
  const pool = pools.find((one) => one.path === directoryOf(volume.path)) ?? pools.find((one) => one.name === volume.pool);
  return pool ? { pool: pool.name, path: `${pool.path}/${volume.name}` } : null;
}

/** What only shows when the disks are seen together: two of them in one place, or a top layer that would be copied without its base. */
function besideOthers(plan: CopyPlan, earlier: readonly DiskPlan[], incremental: boolean, facts: MoveFacts): DiskPlan {
  const twin = earlier.find((other) => other.action === "copy" && other.path === plan.path);
  if (twin) {
    return immovable(
      plan.target,
      `it would get the place of disk ${twin.target}, ${plan.path}`,
      "Define a dir pool on its directory there.",
    );
  }
  const below = facts.source.disks.find((one) => one.target === plan.target)?.volume?.backing;
  if (incremental && plan.backing === null && plan.format === "qcow2" && below) {
    return immovable(
      plan.target,
      `its image stands on ${below.path}, which its live definition does not declare`,
      "Declare the backing chain in the definition and restart the guest, or flatten the disk.",
    );
  }
  return plan;
}

const immovable = (target: string, reason: string, remedy: string): DiskPlan => ({ action: "immovable", target, reason, remedy });

function words(disk: GuestDisk): string {
  const { source } = disk;
  if (source.type === "file" || source.type === "block") return source.path;
  if (source.type === "volume") return `${source.pool}/${source.volume}`;
  return source.type === "other" ? source.words : source.type;
}
