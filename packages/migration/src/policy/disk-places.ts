import type { GuestDefinition } from "@ferry/core";
import type { DestinationMapping, DiskMapping } from "@ferry/libvirt-xml";
import { brought, copies, type MovePlan } from "../move-plan.ts";
import { cardsHere, cardsThere } from "./card-places.ts";

/**
 * Where the plan's disks and cards are at the destination, where that differs; filters keep their names. `definition` is the one that is
 * rewritten, when it may lack disks or cards with which the guest ran.
 */
export const placesThere = (plan: MovePlan, definition: GuestDefinition | null, listenAddress: string): DestinationMapping => ({
  ...diskMapping(filesOf(plan), definition, "path"),
  interfaces: cardsThere(plan, definition),
  filters: {},
  listenAddress,
});

/** The way back: where the same disks and cards are at the source. */
export const placesHere = (plan: MovePlan, definition: GuestDefinition, listenAddress: string): DestinationMapping => ({
  ...diskMapping(filesOf(plan), definition, "sourcePath"),
  interfaces: cardsHere(plan, definition),
  filters: {},
  listenAddress,
});

interface MovedFile {
  readonly target: string;
  readonly sourcePath: string;
  readonly path: string;
}

const filesOf = (plan: MovePlan): MovedFile[] => [...copies(plan), ...brought(plan).filter((disk) => disk.path !== disk.sourcePath)];

function diskMapping(
  files: readonly MovedFile[],
  definition: GuestDefinition | null,
  side: "path" | "sourcePath",
): Pick<DestinationMapping, "disks"> {
  const filled = definition && new Set(definition.disks.filter(({ source }) => source.type !== "none").map((disk) => disk.target));
  const disks: Record<string, DiskMapping> = {};
  for (const file of files)
    if (filled?.has(file.target) ?? true) disks[file.target] = { place: { type: "file", path: file[side] }, backing: "undeclared" };
  return { disks };
}
