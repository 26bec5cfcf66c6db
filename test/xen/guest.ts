import { open } from "node:fs/promises";
import type { Hypervisor } from "@ferry/core";
import { waitFor } from "../lab/processes.ts";
import { SHARED_UNIT } from "./config.ts";
import type { XenLab } from "./lab.ts";

export const GUEST = { name: "pv1", uuid: "7e500000-0000-4000-8000-0000000000a1", memoryMiB: 96 } as const;

const START_TIMEOUT_MS = 120_000;

/** The definition of a paravirtual guest on the shared unit. */
export const guestXml = (): string => `<domain type='xen'>
  <name>${GUEST.name}</name>
  <uuid>${GUEST.uuid}</uuid>
  <memory unit='MiB'>${GUEST.memoryMiB}</memory>
  <vcpu>1</vcpu>
  <os>
    <type arch='x86_64' machine='xenpv'>linux</type>
    <kernel>/boot/guest-kernel</kernel>
    <initrd>/boot/guest-initrd</initrd>
    <cmdline>console=hvc0 mitigations=off quiet rdinit=/init</cmdline>
  </os>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>destroy</on_crash>
  <devices>
    <disk type='block' device='disk'>
      <driver name='phy' type='raw'/>
      <source dev='${SHARED_UNIT.device}'/>
      <target dev='xvda' bus='xen'/>
      <shareable/>
    </disk>
    <interface type='bridge'>
      <mac address='00:16:3e:77:00:01'/>
      <source bridge='xenbr0'/>
    </interface>
    <console type='pty'/>
  </devices>
</domain>
`;

/** What the guest last wrote to its disk: the name of its present life, and how far it has counted in it. */
export interface Beat {
  readonly life: string;
  readonly count: number;
}

/** Reads the guest's beat from outside, past both hosts. Null before the first. */
export async function lastBeat(lab: XenLab): Promise<Beat | null> {
  const disk = await open(lab.sharedDisk);
  try {
    const sector = Buffer.alloc(512);
    await disk.read(sector, 0, sector.length, 0);
    const [, life, count] = /^life (\S+) count (\d+)/.exec(sector.toString("latin1")) ?? [];
    return life === undefined ? null : { life, count: Number(count) };
  } finally {
    await disk.close();
  }
}

/** Defines and starts the guest and waits until it counts. */
export async function startGuest(lab: XenLab, hypervisor: Pick<Hypervisor, "define" | "start">): Promise<Beat> {
  await hypervisor.define(guestXml());
  await hypervisor.start(GUEST.uuid);
  return await waitFor(async () => (await lastBeat(lab)) ?? undefined, "the guest's first count", START_TIMEOUT_MS);
}

/** Waits until the guest has counted on, in the same life. @throws Error when it lives anew, or not at all. */
export async function countsOn(lab: XenLab, since: Beat, withinMs: number): Promise<Beat> {
  const next = async (): Promise<Beat | undefined> => {
    const now = await lastBeat(lab);
    if (now && now.life !== since.life) throw new Error(`The guest was started anew: it counts ${now.count} in another life.`);
    return now && now.count > since.count ? now : undefined;
  };
  return await waitFor(next, `the guest to count beyond ${since.count}`, withinMs);
}

/** Waits until the guest counts in another life than it did. */
export async function countsAnew(lab: XenLab, before: Beat): Promise<Beat> {
  const next = async (): Promise<Beat | undefined> => {
    const now = await lastBeat(lab);
    return now && now.life !== before.life ? now : undefined;
  };
  return await waitFor(next, "the guest to count in another life", START_TIMEOUT_MS);
}
