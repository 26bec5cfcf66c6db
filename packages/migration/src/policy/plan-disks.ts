import type { GuestDisk, PoolFacts, VolumeFacts } from "@ferry/core";
import type { DiskFacts, MoveFacts } from "../facts.ts";
import type { BackingPlan, CopyPlan, DiskPlan } from "../move-plan.ts";

/** Decides for each disk what the move does with it. Pure: facts of both hosts in, plan out. */
export function planDisks(facts: MoveFacts): DiskPlan[] {
  return (facts.source.guest?.disks ?? []).map((disk) => planDisk(disk, facts));
}

function planDisk(disk: GuestDisk, facts: MoveFacts): DiskPlan {
  const { target } = disk;
  if (disk.source.type === "none") return { action: "none", target };
  if (facts.destination.sharedTargets.includes(target)) return { action: "shared", target };
  if (disk.source.type === "network") return { action: "shared", target };
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
  return planCopy(disk, facts);
}

function planCopy(disk: GuestDisk, facts: MoveFacts): DiskPlan {
  const { target } = disk;
  const known = facts.source.disks.find((one) => one.target === target);
  const volume = known?.volume;
  if (!known || !volume) {
    return immovable(
      target,
      `${words(disk)} lies in no active storage pool of the source`,
      "Define and start a dir pool on its directory, then try again.",
    );
  }
  if (disk.shareable) return immovable(target, "it is marked shareable", "Detach it for the move; two writers would destroy it.");
  const format = disk.format;
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
  const bring = planBacking(known, facts);
  if ("reason" in bring) return immovable(target, bring.reason, bring.remedy);
  return copyOf(disk.target, { volume, known, format, place, bring });
}

interface CopyParts {
  readonly volume: VolumeFacts;
  readonly known: DiskFacts;
  readonly format: "qcow2" | "raw";
  readonly place: { pool: string; path: string };
  readonly bring: BackingPlan[];
}

function copyOf(target: string, { volume, known, format, place, bring }: CopyParts): CopyPlan {
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
    bring,
  };
}

/** The pool of the same directory, else the pool of the same name: there the file keeps its name. */
function placeAtDestination(volume: VolumeFacts, facts: MoveFacts): { pool: string; path: string } | null {
  const directory = volume.path.slice(0, volume.path.lastIndexOf("/"));
  const pools = (facts.destination.host?.pools ?? []).filter((pool) => pool.path !== null && pool.type === "dir");
  const pool = pools.find((one) => one.path === directory) ?? pools.find((one) => one.name === volume.pool);
  return pool?.path ? { pool: pool.name, path: `${pool.path}/${volume.name}` } : null;
}

/** Backing files keep their path, because the overlay's header names it; missing ones are brought, farthest first. */
function planBacking(known: DiskFacts, facts: MoveFacts): BackingPlan[] | { reason: string; remedy: string } {
  const bring: BackingPlan[] = [];
  for (const layer of known.backing.toReversed()) {
    if (!layer)
      return {
        reason: "a file of its backing chain lies in no pool of the source",
        remedy: "Define a dir pool on that directory, or flatten the disk.",
      };
    const format = layer.format;
    if (format !== "qcow2" && format !== "raw")
      return { reason: `its backing file ${layer.path} has format ${format ?? "unknown"}`, remedy: "Use qcow2 or raw." };
    const there = facts.destination.volumes[layer.path];
    if (there) {
      if (there.capacityBytes !== layer.capacityBytes) {
        return {
          reason: `the destination has another file at its backing path ${layer.path}`,
          remedy: "Rename one of the two, or flatten the disk.",
        };
      }
      continue;
    }
    const pool = samePathPool(layer, facts.destination.host?.pools ?? []);
    if (!pool)
      return {
        reason: `no pool of the destination has the directory of its backing file ${layer.path}`,
        remedy: "Define a dir pool on that directory there.",
      };
    bring.push({
      path: layer.path,
      pool: pool.name,
      name: layer.name,
      format,
      capacityBytes: layer.capacityBytes,
      fileBytes: layer.fileBytes,
    });
  }
  return bring;
}

const samePathPool = (layer: VolumeFacts, pools: readonly PoolFacts[]): PoolFacts | undefined =>
  pools.find((pool) => pool.path === layer.path.slice(0, layer.path.lastIndexOf("/")));

const immovable = (target: string, reason: string, remedy: string): DiskPlan => ({ action: "immovable", target, reason, remedy });

function words(disk: GuestDisk): string {
  const { source } = disk;
  if (source.type === "file" || source.type === "block") return source.path;
  if (source.type === "volume") return `${source.pool}/${source.volume}`;
  return source.type === "network" ? `${source.protocol}:${source.name}` : source.type;
}
