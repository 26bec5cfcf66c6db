import type { GuestDefinition } from "@ferry/core";
import type { DestinationMapping, DiskMapping } from "@ferry/libvirt-xml";
import { brought, copies, type MovePlan } from "../move-plan.ts";

/**
 * Where the plan's disks are at the destination, where that differs; networks and filters keep their names. `definition` is the one that is
 * rewritten, when it may lack disks with which the guest ran.
 */
export const placesThere = (plan: MovePlan, definition: GuestDefinition | null, listenAddress: string): DestinationMapping =>
  mapping(filesOf(plan), definition, "path", listenAddress);

/** The way back: where the same disks are at the source. */
export const placesHere = (plan: MovePlan, definition: GuestDefinition, listenAddress: string): DestinationMapping =>
  mapping(filesOf(plan), definition, "sourcePath", listenAddress);

interface MovedFile {
  readonly target: string;
  readonly sourcePath: string;
  readonly path: string;
}

const filesOf = (plan: MovePlan): MovedFile[] => [...copies(plan), ...brought(plan).filter((disk) => disk.path !== disk.sourcePath)];

function mapping(
  files: readonly MovedFile[],
  definition: GuestDefinition | null,
  side: "path" | "sourcePath",
  listenAddress: string,
): DestinationMapping {
  const filled = definition && new Set(definition.disks.filter(({ source }) => source.type !== "none").map((disk) => disk.target));
  const disks: Record<string, DiskMapping> = {};
  for (const file of files)
    if (filled?.has(file.target) ?? true) disks[file.target] = { place: { type: "file", path: file[side] }, backing: "undeclared" };
  return { disks, interfaces: {}, filters: {}, listenAddress };
}
