import type { GuestDisk, GuestSummary, HostPorts, Hosts, PluggableSource } from "@ferry/core";
import { isFerryError } from "@ferry/core";
import type { ServerTaskOrder, ServerTaskRecord } from "@ferry/store";
import type { PlugView } from "./next-plug.ts";

/** The guest, and where it has a disk of that name. */
export interface SeenVolume {
  readonly guest: GuestSummary;
  readonly view: PlugView;
  /** What the guest has under that name, running or at its next start. */
  readonly disks: readonly GuestDisk[];
}

/** Looks at the guest for a disk of that name; null when the host has no such guest. */
export async function lookForDisk(uuid: string, target: string, { hypervisor }: HostPorts): Promise<SeenVolume | null> {
  const guest = await hypervisor.guest(uuid);
  if (guest === null) return null;
  const active = guest.state !== "shutoff" && guest.state !== "crashed";
  const defined = guest.persistent ? await hypervisor.document(uuid, "persistent") : null;
  const named = (disks: readonly GuestDisk[] = []): GuestDisk[] => disks.filter((disk) => disk.target === target);
  const [live, config] = [active ? named(guest.definition.disks) : [], named(defined?.definition.disks)];
  const view = { active, persistent: defined !== null, live: live.length > 0, config: config.length > 0 };
  return { guest, view, disks: [...live, ...config] };
}

/** After a failure: whether the guest is proven to be without the volume. What cannot be asked is not proven. */
export async function volumeLeft(
  order: ServerTaskOrder,
  task: Pick<ServerTaskRecord, "volume">,
  hosts: Pick<Hosts, "host">,
): Promise<"absent" | "unknown"> {
  try {
    const attachment = (await task.volume())?.attachment;
    if (attachment == null) return "unknown";
    const seen = await lookForDisk(order.serverId, attachment.target, await hosts.host(order.hostId));
    return seen === null || seen.disks.length === 0 ? "absent" : "unknown";
  } catch (error) {
    if (isFerryError(error)) return "unknown";
    throw error;
  }
}

/** Whether a guest's disk is that volume. */
export function isSource({ source }: GuestDisk, wanted: PluggableSource): boolean {
  if (wanted.type === "network") return source.type === "network" && source.protocol === wanted.protocol && source.name === wanted.name;
  return (source.type === "file" || source.type === "block") && source.path === wanted.path;
}
