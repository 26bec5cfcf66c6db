import type { GuestDisk } from "@ferry/core";
import { planDisks } from "../policy/plan-disks.ts";
import { pass, refuse, warn, withBoth } from "./check.ts";

/** Cache modes that keep nothing of a disk in the memory of a host. */
const safeCaches: readonly string[] = ["none", "directsync"];

/**
 * A running guest's shared disk must not be cached by its host: what the destination's cache read before the handover would be stale after it.
 * libvirt lets other modes pass where QEMU can drop its cache; ferry does not, and asks libvirt to look away only by a consent that the record
 * keeps. QEMU's own network clients have no such cache, and what nobody writes cannot get stale.
 */
export const cacheModesSafe = withBoth("cache-modes-safe", (facts) => {
  const shared = new Set(planDisks(facts).flatMap((plan) => (plan.action === "shared" ? [plan.target] : [])));
  const cached = facts.source.guest.disks.find((disk) => shared.has(disk.target) && mayBeStale(disk));
  if (!cached) return pass("No shared disk of the server is cached by its host.");
  const judge = facts.order.outcome.unsafeCache ? warn : refuse;
  return judge(
    `Disk ${cached.target} is on shared storage with cache mode ${cached.cache ?? "default"}; both hosts would cache it during the move.`,
    "Set cache='none' in its definition (virsh edit) and restart the server.",
  );
});

const mayBeStale = ({ source, readOnly, cache }: GuestDisk): boolean =>
  source.type !== "network" && !readOnly && !safeCaches.includes(cache ?? "default");
