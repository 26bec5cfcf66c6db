/** A libvirt RPC client over any byte stream, SSH or a local socket, and the daemon's side of the same protocol for tests. */
export { type BoundedQueue, QueueOverflowError } from "./bounded-queue.ts";
export { type Codec, decode, encode, type InputOf, type TypeOf } from "./codec.ts";
export { type CallInput, type CallOptions, type ConnectionOptions, LibvirtConnection } from "./connection.ts";
export {
  abortJobFlags,
  affectFlags,
  authTypes,
  baselineCpuFlags,
  blockJobStatuses,
  blockJobTypes,
  blockResizeFlags,
  compareCpuFlags,
  cpuCompareResults,
  createFlags,
  defineFlags,
  destroyFlags,
  domainStates,
  domainStatsFlags,
  domainStatsGroups,
  features,
  jobOperations,
  jobStatsFlags,
  jobTypes,
  lifecycleEvents,
  listDomainsFlags,
  listNetworksFlags,
  listPoolsFlags,
  metadataTypes,
  migrateFlags,
  migrateParams,
  networkLifecycleEvents,
  pausedReasons,
  poolBuildFlags,
  poolCreateFlags,
  poolLifecycleEvents,
  poolStates,
  resumedDetails,
  runningReasons,
  saveFlags,
  saveImageXmlFlags,
  secretUsages,
  shutdownFlags,
  shutoffReasons,
  startedDetails,
  stoppedDetails,
  suspendedDetails,
  undefineFlags,
  volumeCreateFlags,
  volumeDeleteFlags,
  volumeInfoFlags,
  volumeResizeFlags,
  volumeStreamFlags,
  volumeTypes,
  xmlFlags,
} from "./constants.ts";
export { deadlines } from "./deadlines.ts";
export {
  CallDeadlineError,
  type CallFate,
  ConnectionLostError,
  errorCodes,
  errorDomains,
  isAborted,
  isBusy,
  isDenied,
  isFateUnknown,
  isFinishOk,
  isNoDomain,
  isNotFound,
  isOperationInvalid,
  isUnsupported,
  isVolumeExists,
  LibvirtError,
  ProtocolError,
  UnsupportedCallError,
  type WireError,
} from "./errors.ts";
export type { EventStream, SubscribeOptions } from "./event-hub.ts";
export { type EventKind, type EventPayload, eventKind, events, type LibvirtEvent } from "./events.ts";
export { FramingError, PacketReader } from "./framing.ts";
export { AuthUnsupportedError, type DaemonFacts, type OpenOptions, openLibvirt, readDaemonFacts, versionText } from "./handshake.ts";
export {
  decodePacket,
  encodePacket,
  type Header,
  keepaliveProcedures,
  messageStatuses,
  messageTypes,
  type Packet,
  ping,
  pong,
  programs,
} from "./header.ts";
export type { KeepaliveOptions } from "./keepalive.ts";
export { type DedicatedOptions, LibvirtHost, type LibvirtHostOptions } from "./libvirt-host.ts";
export { type ArgsOf, type ProcedureName, procedureName, procedures, type ResultOf, type StreamProcedureName } from "./procedures.ts";
export {
  type DecodedCall,
  decodeCall,
  encodeError,
  encodeEvent,
  encodeReply,
  encodeStreamError,
  type UnknownCall,
} from "./server-codec.ts";
export type {
  DomainHandle,
  HostInterfaceHandle,
  NetworkHandle,
  NwfilterBindingHandle,
  NwfilterHandle,
  PoolHandle,
  VolumeHandle,
} from "./shapes.ts";
export type { LibvirtStream, StreamOptions } from "./stream.ts";
export {
  decodeStreamHole,
  encodeStreamAbort,
  encodeStreamData,
  encodeStreamFinish,
  encodeStreamHole,
  isHole,
  type StreamHole,
  type StreamOwner,
  type StreamPart,
} from "./stream-packets.ts";
export { generateSshKeyPair, type SshKeyPair } from "./transport/generate-key.ts";
export { describeHostKey, HostKeyChangedError, type PinnedHostKey, sameHostKey } from "./transport/host-key.ts";
export { type LibvirtChannel, LibvirtUnreachableError } from "./transport/libvirt-channel.ts";
export type { CommandResult, ExecOptions } from "./transport/run-command.ts";
export { type ScannedHostKey, type ScanTarget, scanHostKey } from "./transport/scan-host-key.ts";
export { ShellWordError, shellWords } from "./transport/shell-words.ts";
export { openSshChannel, type SshChannelOptions } from "./transport/ssh.ts";
export { SshChannelError, SshClosedError, SshConnectError, SshDeadlineError, type SshFailure } from "./transport/ssh-errors.ts";
export { type FileFacts, isNoSuchFile, SshFileError, type SshFiles } from "./transport/ssh-files.ts";
export { SshHost } from "./transport/ssh-host.ts";
export { type SshAuth, type SshOptions, SshSession } from "./transport/ssh-session.ts";
export { openUnixChannel } from "./transport/unix.ts";
export { booleanOf, integerOf, param, type TypedParam, textOf } from "./typed-params.ts";
export { downloadSparseVolume, downloadVolume, uploadVolume, type VolumeRange, type VolumeSource } from "./volume-streams.ts";
export { XdrError } from "./xdr-error.ts";
