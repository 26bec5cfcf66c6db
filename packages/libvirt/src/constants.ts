/**
 * libvirt's numbers by name. Source: `libvirt-domain.h`, `libvirt-storage.h`, `libvirt-host.h`, releases 9.0 to 11.3.
 * Flags are bits: add them up.
 */

export const domainStates = { nostate: 0, running: 1, blocked: 2, paused: 3, shutdown: 4, shutoff: 5, crashed: 6, pmsuspended: 7 } as const;

/** Why a guest runs. After a pause and resume `migrated` becomes `unpaused`: a hint, not a proof. */
export const runningReasons = {
  unknown: 0,
  booted: 1,
  migrated: 2,
  restored: 3,
  fromSnapshot: 4,
  unpaused: 5,
  migrationCanceled: 6,
  saveCanceled: 7,
  wakeup: 8,
  crashed: 9,
  postcopy: 10,
  postcopyFailed: 11,
} as const;

export const pausedReasons = {
  unknown: 0,
  user: 1,
  migration: 2,
  save: 3,
  dump: 4,
  ioError: 5,
  watchdog: 6,
  fromSnapshot: 7,
  shuttingDown: 8,
  snapshot: 9,
  crashed: 10,
  startingUp: 11,
  postcopy: 12,
  postcopyFailed: 13,
  apiError: 14,
} as const;

export const shutoffReasons = {
  unknown: 0,
  shutdown: 1,
  destroyed: 2,
  crashed: 3,
  migrated: 4,
  saved: 5,
  failed: 6,
  fromSnapshot: 7,
  daemon: 8,
} as const;

/** `event` of a lifecycle event. */
export const lifecycleEvents = {
  defined: 0,
  undefined: 1,
  started: 2,
  suspended: 3,
  resumed: 4,
  stopped: 5,
  shutdown: 6,
  pmsuspended: 7,
  crashed: 8,
} as const;

export const startedDetails = { booted: 0, migrated: 1, restored: 2, fromSnapshot: 3, wakeup: 4 } as const;
export const suspendedDetails = {
  paused: 0,
  migrated: 1,
  ioError: 2,
  watchdog: 3,
  restored: 4,
  fromSnapshot: 5,
  apiError: 6,
  postcopy: 7,
  postcopyFailed: 8,
} as const;
export const resumedDetails = { unpaused: 0, migrated: 1, fromSnapshot: 2, postcopy: 3, postcopyFailed: 4 } as const;
export const stoppedDetails = { shutdown: 0, destroyed: 1, crashed: 2, migrated: 3, saved: 4, failed: 5, fromSnapshot: 6 } as const;

/** Lifecycle of pools and of networks (`created` and `deleted`: pools only). */
export const poolLifecycleEvents = { defined: 0, undefined: 1, started: 2, stopped: 3, created: 4, deleted: 5 } as const;
export const networkLifecycleEvents = { defined: 0, undefined: 1, started: 2, stopped: 3 } as const;

export const jobTypes = { none: 0, bounded: 1, unbounded: 2, completed: 3, failed: 4, cancelled: 5 } as const;
/** Job statistic `operation`. */
export const jobOperations = {
  unknown: 0,
  start: 1,
  save: 2,
  restore: 3,
  migrationIn: 4,
  migrationOut: 5,
  snapshot: 6,
  snapshotRevert: 7,
  dump: 8,
  backup: 9,
  snapshotDelete: 10,
} as const;
/** `copy` is the disk copy of a migration. */
export const blockJobTypes = { pull: 1, copy: 2, commit: 3, activeCommit: 4, backup: 5 } as const;
export const blockJobStatuses = { completed: 0, failed: 1, cancelled: 2, ready: 3 } as const;

export const poolStates = { inactive: 0, building: 1, running: 2, degraded: 3, inaccessible: 4 } as const;
/** What a secret opens; the numbers of `virSecretUsageType`. */
export const secretUsages = { none: 0, volume: 1, ceph: 2, iscsi: 3, tls: 4, vtpm: 5 } as const;
export const volumeTypes = { file: 0, block: 1, dir: 2, network: 3, netdir: 4 } as const;
/** `superset`: the host offers more than asked, which is fine. */
export const cpuCompareResults = { error: -1, incompatible: 0, identical: 1, superset: 2 } as const;
/** Answers of AUTH_LIST. */
export const authTypes = { none: 0, sasl: 1, polkit: 2 } as const;

/** Numbers for CONNECT_SUPPORTS_FEATURE. Asking for `keepalive` switches the daemon's pings on. */
export const features = {
  migrationV2: 3,
  migrationP2p: 4,
  migrationV3: 6,
  migrateChangeProtection: 7,
  typedParamString: 9,
  keepalive: 10,
  xmlMigratable: 11,
  migrationOffline: 12,
  migrationParams: 13,
  eventCallbackIds: 14,
  closeCallback: 15,
} as const;

export const migrateFlags = {
  live: 1,
  peer2peer: 2,
  tunnelled: 4,
  persistDest: 8,
  undefineSource: 16,
  paused: 32,
  nonSharedDisk: 64,
  nonSharedInc: 128,
  changeProtection: 256,
  unsafe: 512,
  offline: 1024,
  compressed: 2048,
  abortOnError: 4096,
  autoConverge: 8192,
  rdmaPinAll: 16384,
  postcopy: 32768,
  tls: 65536,
  parallel: 131072,
  nonSharedSynchronousWrites: 262144,
  postcopyResume: 524288,
  zerocopy: 1048576,
} as const;

/** Names of migration parameters; the type that each must have is in its comment, libvirt refuses another. */
export const migrateParams = {
  /** string: where QEMU connects, `tcp://host[:port]`. */
  uri: "migrate_uri",
  /** string */
  destinationName: "destination_name",
  /** string: live XML */
  destinationXml: "destination_xml",
  /** string: configuration to define at the destination */
  persistentXml: "persistent_xml",
  /** ullong, MiB/s; for memory and separately for each disk */
  bandwidth: "bandwidth",
  /** ullong, MiB/s */
  bandwidthPostcopy: "bandwidth.postcopy",
  /** string */
  graphicsUri: "graphics_uri",
  /** string: address on which QEMU listens at the destination, for memory and disks */
  listenAddress: "listen_address",
  /** string, repeated: targets to copy */
  disks: "migrate_disks",
  /** string, repeated (libvirt 10.9) */
  disksDetectZeroes: "migrate_disks_detect_zeroes",
  /** int: fixed port of the disk server */
  disksPort: "disks_port",
  /** string (libvirt 6.8) */
  disksUri: "disks_uri",
  /** string, repeated: `xbzrle`, `mt`, `zlib`, `zstd` */
  compression: "compression",
  /** int, percent */
  autoConvergeInitial: "auto_converge.initial",
  /** int, percent */
  autoConvergeIncrement: "auto_converge.increment",
  /** int */
  parallelConnections: "parallel.connections",
  /** string: name expected in the destination's certificate */
  tlsDestination: "tls.destination",
} as const;

export const xmlFlags = { secure: 1, inactive: 2, updateCpu: 4, migratable: 8 } as const;
export const createFlags = { paused: 1, autodestroy: 2, bypassCache: 4, forceBoot: 8, validate: 16, resetNvram: 32 } as const;
export const destroyFlags = { graceful: 1, removeLogs: 2 } as const;
export const shutdownFlags = { acpi: 1, guestAgent: 2, initctl: 4, signal: 8, paravirt: 16 } as const;
export const undefineFlags = {
  managedSave: 1,
  snapshotsMetadata: 2,
  nvram: 4,
  keepNvram: 8,
  checkpointsMetadata: 16,
  tpm: 32,
  keepTpm: 64,
} as const;
/** Of save and restore; neither `running` nor `paused`: as the guest was. */
export const saveFlags = { bypassCache: 1, running: 2, paused: 4, resetNvram: 8 } as const;
/** Reading the definition in a saved state. */
export const saveImageXmlFlags = { secure: 1 } as const;
export const defineFlags = { validate: 1 } as const;
/** Which configuration a change reaches. */
export const affectFlags = { current: 0, live: 1, config: 2 } as const;
export const metadataTypes = { description: 0, title: 1, element: 2 } as const;
export const listDomainsFlags = { active: 1, inactive: 2, persistent: 4, transient: 8, running: 16, paused: 32, shutoff: 64 } as const;
/** What bulk statistics contain; 0 is all that is supported. */
export const domainStatsGroups = {
  state: 1,
  cpu: 2,
  balloon: 4,
  vcpu: 8,
  interface: 16,
  block: 32,
  perf: 64,
  iothread: 128,
  memory: 256,
  dirtyrate: 512,
  vm: 1024,
} as const;
/** `noWait` skips what needs the lock of a busy guest. */
export const domainStatsFlags = { noWait: 2 ** 29, backing: 2 ** 30, enforce: 2 ** 31 } as const;
/** Reading `completed` statistics clears them, unless `keepCompleted` is added. */
export const jobStatsFlags = { completed: 1, keepCompleted: 2 } as const;
export const abortJobFlags = { postcopy: 1 } as const;
export const blockResizeFlags = { bytes: 1, capacity: 2 } as const;
export const poolCreateFlags = { withBuild: 1, withBuildOverwrite: 2, withBuildNoOverwrite: 4 } as const;
export const poolBuildFlags = { new: 0, repair: 1, resize: 2, noOverwrite: 4, overwrite: 8 } as const;
export const listPoolsFlags = { inactive: 1, active: 2, persistent: 4, transient: 8, autostart: 16, noAutostart: 32 } as const;
export const listNetworksFlags = { inactive: 1, active: 2, persistent: 4, transient: 8, autostart: 16, noAutostart: 32 } as const;
export const volumeCreateFlags = { preallocMetadata: 1, reflink: 2 } as const;
export const volumeResizeFlags = { allocate: 1, delta: 2, shrink: 4 } as const;
export const volumeDeleteFlags = { zeroed: 1, withSnapshots: 2 } as const;
/** `physical`: the length of the file instead of its allocated blocks. */
export const volumeInfoFlags = { physical: 1 } as const;
/** `sparse`: holes travel as holes. */
export const volumeStreamFlags = { sparse: 1 } as const;
/** `failIncompatible`: error 91 instead of result 0. */
export const compareCpuFlags = { failIncompatible: 1, validate: 2 } as const;
export const baselineCpuFlags = { expandFeatures: 1, migratable: 2 } as const;
