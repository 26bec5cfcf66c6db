import type { GuestDisk, VolumeFacts } from "@ferry/core";
import type { DiskFacts, MoveFacts } from "../facts.ts";
import type { BackingPlan, CopyPlan, DiskPlan } from "../move-plan.ts";
import { directoryOf, filePools } from "./disk-path.ts";
import { diskWords, immovable } from "./disk-words.ts";
import { undeclaredLayer } from "./image-headers.ts";
import { planBacking } from "./plan-backing.ts";

/** A disk whose content is a file: shared when that is proven, else copied (when writable) or brought (when not). */
export function planFileDisk(disk: GuestDisk, facts: MoveFacts): DiskPlan {
  const { target } = disk;
  const known = facts.source.disks.find((one) => one.target === target);
  const volume = known?.volume;
  if (!known || !volume) {
    return immovable(
      target,
      `${diskWords(disk)} lies in no active storage pool of the source`,
      "Define and start a dir pool on its directory, then try again.",
    );
  }
  if (facts.destination.sharedPaths.includes(volume.path)) return planShared(disk, known, volume, facts);
  return localObstacle(disk) ?? copyObstacle(disk, facts) ?? planLocal(disk, known, volume, facts);
}

/** A shared file needs its backing files there too; a volume is found by its pool's name. */
function planShared(disk: GuestDisk, known: DiskFacts, volume: VolumeFacts, { source, destination }: MoveFacts): DiskPlan {
  const { target } = disk;
  const hidden = undeclaredLayer(disk, known, "whole");
  if (hidden) return immovable(target, hidden.reason, hidden.remedy);
  const outside = known.backing.indexOf(null);
  if (outside >= 0) {
    return immovable(
      target,
      `its backing file ${disk.backing[outside]?.path} lies in no pool of the source`,
      "Define a dir pool on that directory, or flatten the disk.",
    );
  }
  const astray = known.backing.find((layer) => layer && !destination.sharedPaths.includes(layer.path));
  if (astray) {
    return immovable(target, `its backing file ${astray.path} is not on shared storage`, "Put it there as well, or flatten the disk.");
  }
  const pool = destination.volumes[volume.path]?.pool;
  if (disk.source.type === "volume" && pool !== disk.source.pool) {
    return immovable(
      target,
      `its storage pool ${disk.source.pool} is named ${pool ?? "otherwise"} at the destination`,
      `Give the pool the name ${disk.source.pool} there.`,
    );
  }
  const reason = `${source.record.name} saw a marker that ${destination.record.name} wrote beside it`;
  return { action: "shared", target, reason, sourcePath: volume.path };
}

/** What keeps a file of the source from being copied, whatever the destination is like. */
function localObstacle(disk: GuestDisk): DiskPlan | null {
  const { target, format } = disk;
  if (disk.shareable) return immovable(target, "it is marked shareable", "Detach it for the move; two writers would destroy it.");
  if (disk.device !== "disk" && !disk.readOnly) {
    return immovable(
      target,
      `its medium ${diskWords(disk)} is writable and lies on the source`,
      `Mark it <readonly/>, or eject it: virsh change-media ${target} --eject.`,
    );
  }
  if (format === "qcow2" || format === "raw") return null;
  return immovable(
    target,
    `its declared format is ${format ?? "missing"}`,
    "Declare <driver type='qcow2'/> or 'raw' in its definition; ferry never probes.",
  );
}

/** A running guest's disk is copied by its hypervisor, if that can. */
function copyObstacle({ target, readOnly }: GuestDisk, { order, source }: MoveFacts): DiskPlan | null {
  if (order.mode !== "live" || readOnly || source.host?.moves.copiesDisks !== false) return null;
  return immovable(
    target,
    `${source.host.hypervisorType} copies no disks while a server moves`,
    "Put its content on storage that both hosts see (a block device under one path), or move the server cold.",
  );
}

function planLocal(disk: GuestDisk, known: DiskFacts, volume: VolumeFacts, facts: MoveFacts): DiskPlan {
  const { target } = disk;
  const place = placeAtDestination(volume, facts);
  if (!place) {
    return immovable(
      target,
      `no pool of the destination has the directory or the name of pool ${volume.pool}`,
      `Define a dir pool ${volume.pool} there.`,
    );
  }
  const hidden = undeclaredLayer(disk, known, disk.readOnly ? "whole" : "below");
  if (hidden) return immovable(target, hidden.reason, hidden.remedy);
  const chain = planBacking(known, facts.destination);
  if ("reason" in chain) return immovable(target, chain.reason, chain.remedy);
  const parts = { disk, volume, known, format: disk.format === "qcow2" ? "qcow2" : "raw", place, chain } as const;
  return disk.readOnly ? bringOf(parts, facts) : copyOf(parts, facts);
}

interface Parts {
  readonly disk: GuestDisk;
  readonly volume: VolumeFacts;
  readonly known: DiskFacts;
  readonly format: "qcow2" | "raw";
  readonly place: { readonly pool: string; readonly path: string };
  readonly chain: BackingPlan[];
}

function copyOf({ disk, volume, known, format, place, chain }: Parts, { source }: MoveFacts): CopyPlan {
  const nearest = known.backing[0];
  return {
    action: "copy",
    target: disk.target,
    reason: nearest ? `a local layer on ${nearest.path}: only the layer is copied` : `a local ${format} file`,
    sourcePath: volume.path,
    pool: place.pool,
    name: volume.name,
    path: place.path,
    format,
    capacityBytes: known.capacityBytes,
    usedBytes: known.allocationBytes,
    backing: nearest ? { path: nearest.path, format: nearest.format ?? "raw" } : null,
    chain,
    defined: source.persistent === null || source.persistent.disks.some((one) => one.target === disk.target),
  };
}

function bringOf({ disk, volume, format, place, chain }: Parts, { destination }: MoveFacts): DiskPlan {
  const { target } = disk;
  const { name, capacityBytes, fileBytes } = volume;
  const there = destination.volumes[place.path];
  if (there && there.fileBytes !== fileBytes) {
    return immovable(
      target,
      `the destination has another file at ${place.path}, the place of its read-only image`,
      "Rename one of the two, or eject it for the move.",
    );
  }
  const file = { sourcePath: volume.path, ...place, name, format, capacityBytes, fileBytes, present: Boolean(there) };
  return { action: "bring", target, reason: "a local read-only image", sourcePath: volume.path, path: place.path, chain: [...chain, file] };
}

/** The pool of the same directory, else the pool of the same name: there the file keeps its name. */
function placeAtDestination(volume: VolumeFacts, facts: MoveFacts): { pool: string; path: string } | null {
  const pools = filePools(facts.destination.host?.pools ?? []);
  const pool = pools.find((one) => one.path === directoryOf(volume.path)) ?? pools.find((one) => one.name === volume.pool);
  return pool ? { pool: pool.name, path: `${pool.path}/${volume.name}` } : null;
}
