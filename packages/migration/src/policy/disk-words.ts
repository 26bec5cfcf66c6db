import type { GuestDisk } from "@ferry/core";
import type { DiskPlan } from "../move-plan.ts";

export const immovable = (target: string, reason: string, remedy: string): DiskPlan => ({ action: "immovable", target, reason, remedy });

/** Where a disk's content is, as its definition says it. */
export function diskWords({ source }: GuestDisk): string {
  switch (source.type) {
    case "file":
    case "block":
      return source.path;
    case "volume":
      return `${source.pool}/${source.volume}`;
    case "network":
      return `${source.protocol}:${source.name}`;
    default:
      return source.type === "other" ? `of type ${source.words}` : source.type;
  }
}
