import { fail, type HostPorts, type PluggableSource } from "@ferry/core";
import { isSource } from "../server-tasks/volume-seen.ts";

/** Throws VOLUME_BUSY when a guest of the host has the volume, or a layer of a disk stands on it, ferry's or not; `except` may. */
export async function refuseUsed(
  { action, id, except }: { readonly action: string; readonly id: string; readonly except: string | null },
  source: PluggableSource,
  { hypervisor, address }: HostPorts,
): Promise<void> {
  const path = source.type === "network" ? null : source.path;
  const user = (await hypervisor.guests()).find(
    ({ definition }) =>
      definition.uuid !== except &&
      definition.disks.some((disk) => isSource(disk, source) || disk.backing.some((layer) => layer.path === path)),
  );
  if (user !== undefined) throw fail("VOLUME_BUSY", { action, id, host: address.name, user: `guest ${user.definition.name}` });
}
