import { charArray, int, struct, type TypeOf, text, uhyper, uint, uuid } from "./codec.ts";
import { STATS_PARAMS_MAX } from "./limits.ts";
import { typedParams } from "./typed-params.ts";

/**
 * Structures that several calls and events share. Handles are plain data without state in the daemon; of a domain, pool, network or
 * filter only the uuid is looked up, so a stale name or id is harmless.
 */

/** A guest. `id` is -1 while it does not run and changes at each start. */
export const domain = struct({ name: text, uuid, id: int });
/** A storage pool. */
export const pool = struct({ name: text, uuid });
/** A storage volume. `key` is the path for pools made of files; `pool` and `name` are names. */
export const volume = struct({ pool: text, name: text, key: text });
/** A virtual network. */
export const network = struct({ name: text, uuid });
/** A host network interface. */
export const hostInterface = struct({ name: text, mac: text });
/** A secret of libvirt's, without its value. */
export const secret = struct({ uuid, usageType: int, usageId: text });
/** A network filter (firewall rules). */
export const nwfilter = struct({ name: text, uuid });
/** A network filter applied to one port. */
export const nwfilterBinding = struct({ portDev: text, filterName: text });
/** A snapshot of a guest. */
export const snapshot = struct({ name: text, dom: domain });
/** A node device. */
export const nodeDevice = struct({ name: text });

/** Statistics of one guest. */
export const domainStats = struct({ dom: domain, params: typedParams(STATS_PARAMS_MAX) });
/** One memory statistic; `tag` is a `memoryStatTags` value, `val` mostly KiB. */
export const memoryStat = struct({ tag: int, val: uhyper });
/** A disk with an error: 1 unspecified, 2 no space. */
export const diskError = struct({ disk: text, error: int });
/** A named counter of the host: memory in KiB, CPU times in ns since boot. */
export const nodeStat = struct({ field: text, value: uhyper });

/** Facts of the host; `memory` is KiB, `mhz` MHz. */
export const nodeInfo = {
  model: charArray(32),
  memory: uhyper,
  cpus: int,
  mhz: int,
  nodes: int,
  sockets: int,
  cores: int,
  threads: int,
} as const;

/** A guest's state; `maxMem` and `memory` are KiB, `cpuTime` ns. */
export const domainInfo = { state: uint, maxMem: uhyper, memory: uhyper, nrVirtCpu: uint, cpuTime: uhyper } as const;

/** The job on a guest; `type` is a `jobTypes` value, times are ms, the rest bytes. */
export const jobInfo = {
  type: int,
  timeElapsed: uhyper,
  timeRemaining: uhyper,
  dataTotal: uhyper,
  dataProcessed: uhyper,
  dataRemaining: uhyper,
  memTotal: uhyper,
  memProcessed: uhyper,
  memRemaining: uhyper,
  fileTotal: uhyper,
  fileProcessed: uhyper,
  fileRemaining: uhyper,
} as const;

/** A block job; `type` as in `blockJobTypes`, `bandwidth` bytes/s or MiB/s by flag, `cur` and `end` progress in bytes. */
export const blockJobInfo = { found: int, type: int, bandwidth: uhyper, cur: uhyper, end: uhyper } as const;
/** Sizes of a disk in bytes. */
export const blockInfo = { allocation: uhyper, capacity: uhyper, physical: uhyper } as const;
/** A volume's type (`volumeTypes`) and sizes in bytes. */
export const volumeInfo = { type: int, capacity: uhyper, allocation: uhyper } as const;
/** A pool's state (`poolStates`) and sizes in bytes. */
export const poolInfo = { state: uint, capacity: uhyper, allocation: uhyper, available: uhyper } as const;

export type DomainHandle = TypeOf<typeof domain>;
export type PoolHandle = TypeOf<typeof pool>;
export type VolumeHandle = TypeOf<typeof volume>;
export type NetworkHandle = TypeOf<typeof network>;
export type HostInterfaceHandle = TypeOf<typeof hostInterface>;
export type NwfilterHandle = TypeOf<typeof nwfilter>;
export type NwfilterBindingHandle = TypeOf<typeof nwfilterBinding>;
