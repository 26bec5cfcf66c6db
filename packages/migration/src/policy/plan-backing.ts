import type { DestinationFacts, DiskFacts } from "../facts.ts";
import type { BackingPlan } from "../move-plan.ts";
import { directoryOf, filePools } from "./disk-path.ts";
import type { Obstacle } from "./obstacle.ts";

/**
 * Backing files keep their path, because the overlay's header names it. Missing ones are brought; a file that is there already is compared by
 * content before anything stands on it, because an equal path and size prove nothing. Farthest first; files on shared storage are left out.
 */
export function planBacking(disk: DiskFacts, destination: DestinationFacts): BackingPlan[] | Obstacle {
  const chain: BackingPlan[] = [];
  for (const layer of disk.backing.toReversed()) {
    if (layer && destination.sharedPaths.includes(layer.path)) continue;
    const planned = planLayer(layer, destination);
    if ("reason" in planned) return planned;
    chain.push(planned);
  }
  return chain;
}

function planLayer(layer: DiskFacts["backing"][number], { volumes, host }: DestinationFacts): BackingPlan | Obstacle {
  if (!layer) {
    return {
      reason: "a file of its backing chain lies in no pool of the source",
      remedy: "Define a dir pool on that directory, or flatten the disk.",
    };
  }
  const { path, name, format, capacityBytes, fileBytes } = layer;
  if (format !== "qcow2" && format !== "raw") {
    return { reason: `its backing file ${path} has format ${format ?? "unknown"}`, remedy: "Use qcow2 or raw." };
  }
  const there = volumes[path];
  if (there && there.capacityBytes !== capacityBytes) {
    return {
      reason: `the destination has another file at its backing path ${path}`,
      remedy: "Rename one of the two, or flatten the disk.",
    };
  }
  const pool = there?.pool ?? filePools(host?.pools ?? []).find((one) => one.path === directoryOf(path))?.name;
  if (pool === undefined) {
    return {
      reason: `no pool of the destination has the directory of its backing file ${path}`,
      remedy: "Define a dir pool on that directory there.",
    };
  }
  return { sourcePath: path, path, pool, name, format, capacityBytes, fileBytes, present: Boolean(there) };
}
