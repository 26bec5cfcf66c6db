import type { GuestState } from "./ports/hypervisor.ts";

/** What a guest has used since its process began, as its hypervisor counts it; null where it does not count. */
export interface GuestStatistics {
  readonly state: GuestState;
  /** `kvm`, `qemu`, `xen`; null: not told. */
  readonly hypervisor: string | null;
  /** Time of each virtual processor, in its order. */
  readonly cpuTimesNs: readonly (number | null)[];
  readonly memoryMaximumKiB: number | null;
  /** What its balloon leaves it. */
  readonly memoryUsedKiB: number | null;
  /** libvirt's further numbers about its memory by libvirt's names, mostly KiB. */
  readonly memory: Readonly<Record<string, number>>;
  readonly cards: readonly CardStatistics[];
  readonly disks: readonly DiskStatistics[];
}

export interface CardStatistics {
  /** Name of the host's end, `vnet0`. */
  readonly name: string;
  readonly mac: string | null;
  readonly received: Traffic;
  readonly sent: Traffic;
}

export interface Traffic {
  readonly bytes: number | null;
  readonly packets: number | null;
  readonly errors: number | null;
  readonly dropped: number | null;
}

export interface DiskStatistics {
  /** Name in the guest's definition, `vda`. */
  readonly target: string;
  readonly readBytes: number | null;
  readonly readRequests: number | null;
  readonly writeBytes: number | null;
  readonly writeRequests: number | null;
  readonly errors: number | null;
}
