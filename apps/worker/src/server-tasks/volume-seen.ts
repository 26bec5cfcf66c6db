import type { GuestDisk, GuestSummary, HostPorts, Hosts, PluggableSource } from "@ferry/core";
import { isFerryError } from "@ferry/core";
import type { AttachmentRow, ServerTaskOrder, ServerTaskRecord, VolumeLeft, VolumeRow } from "@ferry/store";
import type { PlugView } from "./next-plug.ts";

/** The guest, and where it has the volume. */
export interface SeenVolume {
  readonly guest: GuestSummary;
  readonly view: PlugView;
  /** The volume as a disk of the guest, running and at its next start. */
  readonly disks: readonly GuestDisk[];
  /** The guest has another disk under the name that the volume is to have. */
  readonly nameTaken: boolean;
}

/** A volume, and what it is to be called in its guest. */
type Wanted = Pick<VolumeRow, "id" | "path"> & { readonly attachment: Pick<AttachmentRow, "target"> };

/** Looks at the guest for the volume; null when the host has no such guest. */
export async function lookForVolume(uuid: string, volume: Wanted, { hypervisor }: HostPorts): Promise<SeenVolume | null> {
  const guest = await hypervisor.guest(uuid);
  if (guest === null) return null;
  const active = guest.state !== "shutoff" && guest.state !== "crashed";
  const defined = guest.persistent ? await hypervisor.document(uuid, "persistent") : null;
  const [running, later] = [active ? guest.definition.disks : [], defined?.definition.disks ?? []];
  const isIt = (disk: GuestDisk): boolean => isVolume(disk, volume);
  const view = { active, persistent: defined !== null, live: running.some(isIt), config: later.some(isIt) };
  const disks = [...running, ...later];
  const nameTaken = disks.some((disk) => disk.target === volume.attachment.target && !isIt(disk));
  return { guest, view, disks: disks.filter(isIt), nameTaken };
}

/** By its serial, which a move leaves; by its path for one that was plugged in by hand. */
const isVolume = ({ serial, source }: GuestDisk, { id, path }: Wanted): boolean =>
  serial === id || (path !== null && (source.type === "file" || source.type === "block") && source.path === path);

/** After a failure: how the guest is proven to have the volume. What cannot be asked is not proven, and a guest that has left its host may have it. */
export async function volumeLeft(
  order: ServerTaskOrder,
  task: Pick<ServerTaskRecord, "volume">,
  hosts: Pick<Hosts, "host">,
): Promise<VolumeLeft> {
  try {
    const volume = await task.volume();
    if (volume?.attachment == null) return "unknown";
    const { attachment } = volume;
    const seen = await lookForVolume(order.serverId, { ...volume, attachment }, await hosts.host(order.hostId));
    return seen === null ? "unknown" : provenBy(seen.view);
  } catch (error) {
    if (isFerryError(error)) return "unknown";
    throw error;
  }
}

function provenBy({ active, persistent, live, config }: PlugView): VolumeLeft {
  if (!live && !config) return "absent";
  return live === active && config === persistent ? "present" : "unknown";
}

/** Whether a guest's disk is reached at that source. */
export function isSource({ source }: GuestDisk, wanted: PluggableSource): boolean {
  if (wanted.type === "network") return source.type === "network" && source.protocol === wanted.protocol && source.name === wanted.name;
  return (source.type === "file" || source.type === "block") && source.path === wanted.path;
}
