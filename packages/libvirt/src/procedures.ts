import { hyper, int, list, opaque, optional, struct, type TypeOf, text, uhyper, uint, uuid } from "./codec.ts";
import { COOKIE_MAX, CPUMAP_MAX, MIGRATION_PARAMS_MAX, STATS_PARAMS_MAX } from "./limits.ts";
import { procedure as p } from "./procedure.ts";
import * as s from "./shapes.ts";
import { typedParams } from "./typed-params.ts";

const { domain: dom, pool, volume: vol, network: net, nwfilter, nwfilterBinding, hostInterface: iface, snapshot, nodeDevice } = s;
const flags = uint;
const cookie = opaque(COOKIE_MAX);
const params = typedParams(MIGRATION_PARAMS_MAX);
const stats = typedParams(STATS_PARAMS_MAX);
const none = {} as const;
const emulatorChoice = { emulator: optional(text), arch: optional(text), machine: optional(text), virttype: optional(text) } as const;
const want = { needResults: int, flags } as const;
const migration = { params, cookieIn: cookie, flags } as const;

/**
 * The calls that this client knows: number, arguments, result, and what is special. Names are libvirt's in camel case.
 * `needResults` is 1 for the list, 0 for its length only. Numbers never change and new ones are appended.
 * Source: libvirt `remote_protocol.x` and `qemu_protocol.x`, releases 9.0 and 11.3.
 */
export const procedures = {
  // Connection, host, CPU
  authList: p(66, none, { types: list(int, 20) }),
  authPolkit: p(70, none, { complete: int }),
  connectOpen: p(1, { name: optional(text), flags }, none, { deadline: "open" }),
  connectClose: p(2, none, none),
  connectSupportsFeature: p(60, { feature: int }, { supported: int }),
  connectGetType: p(3, none, { type: text }),
  connectGetVersion: p(4, none, { hvVer: uhyper }),
  connectGetLibVersion: p(157, none, { libVer: uhyper }),
  connectGetHostname: p(59, none, { hostname: text }),
  connectGetUri: p(110, none, { uri: text }),
  connectIsSecure: p(149, none, { secure: int }),
  connectGetCapabilities: p(7, none, { capabilities: text }),
  connectGetDomainCapabilities: p(
    342,
    { emulatorbin: optional(text), arch: optional(text), machine: optional(text), virttype: optional(text), flags },
    { capabilities: text },
  ),
  connectGetSysinfo: p(203, { flags }, { sysinfo: text }),
  connectGetMaxVcpus: p(5, { type: optional(text) }, { maxVcpus: int }),
  connectGetCpuModelNames: p(312, { arch: text, needResults: int, flags }, { models: list(text), ret: int }),
  connectCompareCpu: p(158, { xml: text, flags }, { result: int }),
  connectCompareHypervisorCpu: p(393, { ...emulatorChoice, xmlCpu: text, flags }, { result: int }),
  connectBaselineCpu: p(162, { xmlCpus: list(text), flags }, { cpu: text }),
  connectBaselineHypervisorCpu: p(394, { ...emulatorChoice, xmlCpus: list(text), flags }, { cpu: text }),
  nodeGetInfo: p(6, none, s.nodeInfo),
  nodeGetFreeMemory: p(102, none, { freeMem: uhyper }),
  nodeGetMemoryStats: p(228, { nparams: int, cellNum: int, flags }, { params: list(s.nodeStat), nparams: int }),
  nodeGetCpuStats: p(227, { cpuNum: int, nparams: int, flags }, { params: list(s.nodeStat), nparams: int }),
  nodeGetCpuMap: p(293, { needMap: int, needOnline: int, flags }, { cpumap: opaque(CPUMAP_MAX), online: uint, ret: int }),
  nodeGetFreePages: p(340, { pages: list(uint), startCell: int, cellCount: uint, flags }, { counts: list(uhyper) }),
  connectListAllNodeDevices: p(285, want, { devices: list(nodeDevice), ret: uint }),
  nodeDeviceGetXmlDesc: p(114, { name: text, flags }, { xml: text }),

  // Domains
  connectListAllDomains: p(273, want, { domains: list(dom), ret: uint }),
  connectGetAllDomainStats: p(344, { doms: list(dom), stats: uint, flags }, { retStats: list(s.domainStats) }),
  domainLookupByUuid: p(24, { uuid }, { dom }),
  domainLookupByName: p(23, { name: text }, { dom }),
  domainGetState: p(212, { dom, flags }, { state: int, reason: int }),
  domainGetInfo: p(16, { dom }, s.domainInfo),
  domainGetXmlDesc: p(14, { dom, flags }, { xml: text }),
  domainIsActive: p(150, { dom }, { active: int }),
  domainIsPersistent: p(151, { dom }, { persistent: int }),
  domainDefineXmlFlags: p(350, { xml: text, flags }, { dom }),
  domainUndefineFlags: p(231, { dom, flags }, none),
  domainCreateWithFlags: p(196, { dom, flags }, { dom }, { deadline: "power" }),
  domainCreateXml: p(10, { xmlDesc: text, flags }, { dom }, { deadline: "power" }),
  domainDestroyFlags: p(234, { dom, flags }, none, { deadline: "power" }),
  domainShutdownFlags: p(258, { dom, flags }, none),
  domainReboot: p(27, { dom, flags }, none),
  domainReset: p(245, { dom, flags }, none),
  domainSuspend: p(34, { dom }, none),
  domainResume: p(28, { dom }, none),
  domainRename: p(358, { dom, newName: optional(text), flags }, { retcode: int }),
  domainGetAutostart: p(15, { dom }, { autostart: int }),
  domainSetAutostart: p(29, { dom, autostart: int }, none),
  domainSetMetadata: p(264, { dom, type: int, metadata: optional(text), key: optional(text), uri: optional(text), flags }, none),
  domainGetMetadata: p(265, { dom, type: int, uri: optional(text), flags }, { metadata: text }),
  domainSaveFlags: p(232, { dom, to: text, dxml: optional(text), flags }, none, { deadline: "transfer" }),
  domainRestoreFlags: p(233, { from: text, dxml: optional(text), flags }, none, { deadline: "transfer" }),
  domainSaveImageGetXmlDesc: p(235, { file: text, flags }, { xml: text }),
  domainManagedSave: p(182, { dom, flags }, none, { deadline: "transfer" }),
  domainHasManagedSaveImage: p(183, { dom, flags }, { result: int }),
  domainManagedSaveRemove: p(184, { dom, flags }, none),
  domainAttachDeviceFlags: p(160, { dom, xml: text, flags }, none, { deadline: "power" }),
  domainDetachDeviceFlags: p(161, { dom, xml: text, flags }, none, { deadline: "power" }),
  domainUpdateDeviceFlags: p(174, { dom, xml: text, flags }, none, { deadline: "power" }),
  domainSetVcpusFlags: p(199, { dom, nvcpus: uint, flags }, none),
  domainSetMemoryFlags: p(204, { dom, memory: uhyper, flags }, none),
  domainMemoryStats: p(159, { dom, maxStats: uint, flags }, { stats: list(s.memoryStat, 1024) }),
  domainGetBlockInfo: p(194, { dom, path: text, flags }, s.blockInfo),
  domainBlockResize: p(251, { dom, disk: text, size: uhyper, flags }, none),
  domainGetBlockJobInfo: p(238, { dom, path: text, flags }, s.blockJobInfo),
  domainBlockJobAbort: p(237, { dom, path: text, flags }, none),
  domainGetDiskErrors: p(263, { dom, maxerrors: uint, flags }, { errors: list(s.diskError, 256), nerrors: int }),
  domainOpenConsole: p(201, { dom, devName: optional(text), flags }, none, { stream: "both" }),
  domainScreenshot: p(211, { dom, screen: uint, flags }, { mime: optional(text) }, { stream: "download" }),
  domainGetMessages: p(426, { dom, flags }, { msgs: list(text) }),
  domainSnapshotNum: p(187, { dom, flags }, { num: int }),
  domainListAllSnapshots: p(274, { dom, ...want }, { snapshots: list(snapshot), ret: int }),
  qemuDomainMonitorCommand: p(1, { dom, cmd: text, flags }, { result: text }, { program: "qemu" }),
  qemuDomainAgentCommand: p(3, { dom, cmd: text, timeout: int, flags }, { result: optional(text) }, { program: "qemu" }),

  // Migration and jobs
  domainMigrateBegin3Params: p(302, { dom, params, flags }, { cookieOut: cookie, xml: text }, { deadline: "prepare" }),
  domainMigratePrepare3Params: p(303, migration, { cookieOut: cookie, uriOut: optional(text) }, { deadline: "prepare" }),
  domainMigratePrepareTunnel3Params: p(304, migration, { cookieOut: cookie }, { deadline: "prepare", stream: "upload" }),
  domainMigratePerform3Params: p(305, { dom, dconnuri: optional(text), ...migration }, { cookieOut: cookie }, { deadline: "transfer" }),
  domainMigrateFinish3Params: p(306, { ...migration, cancelled: int }, { dom, cookieOut: cookie }, { deadline: "transfer" }),
  domainMigrateConfirm3Params: p(307, { dom, ...migration, cancelled: int }, none, { deadline: "confirm" }),
  domainGetJobInfo: p(163, { dom }, s.jobInfo),
  domainGetJobStats: p(298, { dom, flags }, { type: int, params: stats }),
  domainAbortJob: p(164, { dom }, none),
  domainAbortJobFlags: p(442, { dom, flags }, none),
  domainMigrateStartPostCopy: p(364, { dom, flags }, none),
  domainMigrateSetMaxDowntime: p(166, { dom, downtime: uhyper, flags }, none),
  domainMigrateGetMaxDowntime: p(387, { dom, flags }, { downtime: uhyper }),
  domainMigrateSetMaxSpeed: p(207, { dom, bandwidth: uhyper, flags }, none),
  domainMigrateGetMaxSpeed: p(242, { dom, flags }, { bandwidth: uhyper }),
  domainMigrateSetCompressionCache: p(300, { dom, cacheSize: uhyper, flags }, none),
  domainMigrateGetCompressionCache: p(299, { dom, flags }, { cacheSize: uhyper }),
  domainStartDirtyRateCalc: p(427, { dom, seconds: int, flags }, none),

  // Storage
  connectGetStoragePoolCapabilities: p(403, { flags }, { capabilities: text }),
  connectListAllStoragePools: p(281, want, { pools: list(pool), ret: uint }),
  storagePoolLookupByName: p(84, { name: text }, { pool }),
  storagePoolLookupByUuid: p(85, { uuid }, { pool }),
  storagePoolLookupByTargetPath: p(391, { path: text }, { pool }),
  storagePoolDefineXml: p(77, { xml: text, flags }, { pool }),
  storagePoolCreate: p(78, { pool, flags }, none, { deadline: "power" }),
  storagePoolBuild: p(79, { pool, flags }, none, { deadline: "storage" }),
  storagePoolDestroy: p(80, { pool }, none, { deadline: "power" }),
  storagePoolUndefine: p(82, { pool }, none),
  storagePoolRefresh: p(83, { pool, flags }, none, { deadline: "power" }),
  storagePoolSetAutostart: p(90, { pool, autostart: int }, none),
  storagePoolIsActive: p(154, { pool }, { active: int }),
  storagePoolGetInfo: p(87, { pool }, s.poolInfo),
  storagePoolGetXmlDesc: p(88, { pool, flags }, { xml: text }),
  storagePoolListAllVolumes: p(282, { pool, ...want }, { vols: list(vol), ret: uint }),
  storageVolLookupByName: p(95, { pool, name: text }, { vol }),
  storageVolLookupByPath: p(97, { path: text }, { vol }),
  storageVolCreateXml: p(93, { pool, xml: text, flags }, { vol }, { deadline: "storage" }),
  storageVolCreateXmlFrom: p(125, { pool, xml: text, clonevol: vol, flags }, { vol }, { deadline: "storage" }),
  storageVolDelete: p(94, { vol, flags }, none, { deadline: "storage" }),
  storageVolGetInfo: p(98, { vol }, s.volumeInfo),
  storageVolGetInfoFlags: p(378, { vol, flags }, s.volumeInfo),
  storageVolGetPath: p(100, { vol }, { name: text }),
  storageVolGetXmlDesc: p(99, { vol, flags }, { xml: text }),
  storageVolResize: p(260, { vol, capacity: uhyper, flags }, none, { deadline: "storage" }),
  storageVolWipe: p(165, { vol, flags }, none, { deadline: "storage" }),
  storageVolUpload: p(208, { vol, offset: uhyper, length: uhyper, flags }, none, { stream: "upload" }),
  storageVolDownload: p(209, { vol, offset: uhyper, length: uhyper, flags }, none, { stream: "download" }),

  // Networks, host interfaces, network filters
  connectListAllNetworks: p(283, want, { nets: list(net), ret: uint }),
  networkLookupByName: p(46, { name: text }, { net }),
  networkLookupByUuid: p(47, { uuid }, { net }),
  networkGetXmlDesc: p(43, { net, flags }, { xml: text }),
  networkGetBridgeName: p(45, { net }, { name: text }),
  networkIsActive: p(152, { net }, { active: int }),
  networkIsPersistent: p(153, { net }, { persistent: int }),
  networkDefineXml: p(41, { xml: text }, { net }),
  networkUndefine: p(49, { net }, none),
  networkCreate: p(39, { net }, none, { deadline: "power" }),
  networkCreateXml: p(40, { xml: text }, { net }, { deadline: "power" }),
  networkDestroy: p(42, { net }, none, { deadline: "power" }),
  networkGetAutostart: p(44, { net }, { autostart: int }),
  networkSetAutostart: p(48, { net, autostart: int }, none),
  connectListAllInterfaces: p(284, want, { ifaces: list(iface), ret: uint }),
  interfaceGetXmlDesc: p(130, { iface, flags }, { xml: text }),
  secretLookupByUuid: p(141, { uuid }, { secret: s.secret }),
  secretLookupByUsage: p(147, { usageType: int, usageId: text }, { secret: s.secret }),
  connectListAllNwfilters: p(286, want, { filters: list(nwfilter), ret: uint }),
  nwfilterLookupByName: p(175, { name: text }, { nwfilter }),
  nwfilterLookupByUuid: p(176, { uuid }, { nwfilter }),
  nwfilterGetXmlDesc: p(177, { nwfilter, flags }, { xml: text }),
  nwfilterDefineXml: p(180, { xml: text }, { nwfilter }),
  nwfilterUndefine: p(181, { nwfilter }, none),
  connectListAllNwfilterBindings: p(401, want, { bindings: list(nwfilterBinding), ret: uint }),
  nwfilterBindingLookupByPortDev: p(397, { name: text }, { nwfilterBinding }),
  nwfilterBindingGetXmlDesc: p(398, { nwfilterBinding, flags }, { xml: text }),
  nwfilterBindingCreateXml: p(399, { xml: text, flags }, { nwfilterBinding }),
  nwfilterBindingDelete: p(400, { nwfilterBinding }, none),

  // Event registration; `events.ts` has the messages
  connectDomainEventCallbackRegisterAny: p(316, { eventId: int, dom: optional(dom) }, { callbackId: int }),
  connectDomainEventCallbackDeregisterAny: p(317, { callbackId: int }, none),
  connectStoragePoolEventRegisterAny: p(368, { eventId: int, pool: optional(pool) }, { callbackId: int }),
  connectStoragePoolEventDeregisterAny: p(369, { callbackId: int }, none),
  connectNetworkEventRegisterAny: p(313, { eventId: int, net: optional(net) }, { callbackId: int }),
  connectNetworkEventDeregisterAny: p(314, { callbackId: int }, none),
} as const;

/** A stretch of zeros in a sparse stream, in bytes; `flags` is 0. */
export const streamHole = struct({ length: hyper, flags });

/** Names of the calls in the table. */
export type ProcedureName = keyof typeof procedures;
/** Arguments of a call as the daemon decodes them; `CallInput` has what a caller may give. */
export type ArgsOf<N extends ProcedureName> = TypeOf<(typeof procedures)[N]["args"]>;
/** Result of a call. */
export type ResultOf<N extends ProcedureName> = TypeOf<(typeof procedures)[N]["ret"]>;
/** Names of the calls that are followed by stream data. */
export type StreamProcedureName =
  | "domainOpenConsole"
  | "domainScreenshot"
  | "domainMigratePrepareTunnel3Params"
  | "storageVolUpload"
  | "storageVolDownload";

const byNumber = new Map(Object.entries(procedures).map(([name, { program, num }]) => [`${program}:${num}`, name as ProcedureName]));

/** The name of a procedure by program and number; undefined when this client does not know it. */
export function procedureName(program: number, num: number): ProcedureName | undefined {
  return byNumber.get(`${program}:${num}`);
}
