import { type Codec, type Fields, hyper, int, optional, type StructOf, struct, type TypeOf, text, uhyper, uint } from "./codec.ts";
import { programs } from "./header.ts";
import { STATS_PARAMS_MAX } from "./limits.ts";
import type { ProcedureName } from "./procedures.ts";
import { domain, network, pool } from "./shapes.ts";
import { typedParams } from "./typed-params.ts";

/** Which pair of calls switches an event on and off. */
export type EventSource = "domain" | "pool" | "network";

/** One kind of event: how it is asked for and how its message looks. */
export interface EventKindEntry<P = unknown> {
  /** Number used to register. */
  readonly id: number;
  readonly source: EventSource;
  readonly program: number;
  /** Procedure number of its message. */
  readonly num: number;
  readonly payload: Codec<P>;
}

function domainEvent<const F extends Fields>(id: number, num: number, fields: F): EventKindEntry<StructOf<F & typeof ofDomain>> {
  const payload = struct({ ...ofDomain, ...fields }) as Codec<StructOf<F & typeof ofDomain>>;
  return { id, source: "domain", program: programs.remote, num, payload };
}

function poolEvent<const F extends Fields>(id: number, num: number, fields: F): EventKindEntry<StructOf<F & typeof ofPool>> {
  const payload = struct({ ...ofPool, ...fields }) as Codec<StructOf<F & typeof ofPool>>;
  return { id, source: "pool", program: programs.remote, num, payload };
}

function networkEvent<const F extends Fields>(id: number, num: number, fields: F): EventKindEntry<StructOf<F & typeof ofNetwork>> {
  const payload = struct({ ...ofNetwork, ...fields }) as Codec<StructOf<F & typeof ofNetwork>>;
  return { id, source: "network", program: programs.remote, num, payload };
}

const ofDomain = { callbackId: int, dom: domain } as const;
const ofPool = { callbackId: int, pool } as const;
const ofNetwork = { callbackId: int, net: network } as const;
const jobStats = typedParams(STATS_PARAMS_MAX);

/**
 * The events that this client knows: number to register, number of the message, members after callback id and handle.
 * Old and new style blockJob differ in how the disk is named: `blockJob` by path, `blockJob2` by target (`vda`).
 * Source: libvirt `remote_protocol.x` and `libvirt-domain.h`, release 9.0.
 */
export const events = {
  lifecycle: domainEvent(0, 318, { event: int, detail: int }),
  reboot: domainEvent(1, 319, {}),
  rtcChange: domainEvent(2, 320, { offset: hyper }),
  watchdog: domainEvent(3, 321, { action: int }),
  ioError: domainEvent(6, 324, { srcPath: text, devAlias: text, action: int, reason: text }),
  controlError: domainEvent(7, 325, {}),
  blockJob: domainEvent(8, 326, { path: text, type: int, status: int }),
  diskChange: domainEvent(9, 327, { oldSrcPath: optional(text), newSrcPath: optional(text), devAlias: text, reason: int }),
  balloonChange: domainEvent(13, 331, { actual: uhyper }),
  deviceRemoved: domainEvent(15, 333, { devAlias: text }),
  blockJob2: domainEvent(16, 339, { dst: text, type: int, status: int }),
  tunable: domainEvent(17, 346, { params: jobStats }),
  agentLifecycle: domainEvent(18, 348, { state: int, reason: int }),
  deviceAdded: domainEvent(19, 354, { devAlias: text }),
  migrationIteration: domainEvent(20, 359, { iteration: int }),
  jobCompleted: domainEvent(21, 363, { params: jobStats }),
  deviceRemovalFailed: domainEvent(22, 367, { devAlias: text }),
  metadataChange: domainEvent(23, 379, { type: int, nsuri: optional(text) }),
  blockThreshold: domainEvent(24, 385, { dev: text, path: optional(text), threshold: uhyper, excess: uhyper }),
  memoryFailure: domainEvent(25, 423, { recipient: int, action: int, flags: uint }),
  memoryDeviceSize: domainEvent(26, 438, { alias: text, size: uhyper }),
  poolLifecycle: poolEvent(0, 370, { event: int, detail: int }),
  poolRefresh: poolEvent(1, 373, {}),
  networkLifecycle: networkEvent(0, 315, { event: int, detail: int }),
} as const;

/** Names of the events in the table. */
export type EventKind = keyof typeof events;
/** What the message of an event carries. */
export type EventPayload<K extends EventKind> = TypeOf<(typeof events)[K]["payload"]>;
/** An event as subscribers receive it: its payload and its kind, a union that narrows by `kind`. */
export type LibvirtEvent<K extends EventKind = EventKind> = { [E in K]: EventPayload<E> & { readonly kind: E } }[K];

/** The calls that switch the events of each source on and off. */
export const eventRegistration = {
  domain: { register: "connectDomainEventCallbackRegisterAny", deregister: "connectDomainEventCallbackDeregisterAny" },
  pool: { register: "connectStoragePoolEventRegisterAny", deregister: "connectStoragePoolEventDeregisterAny" },
  network: { register: "connectNetworkEventRegisterAny", deregister: "connectNetworkEventDeregisterAny" },
} as const satisfies Record<EventSource, { register: ProcedureName; deregister: ProcedureName }>;

const byNumber = new Map(Object.entries(events).map(([kind, { program, num }]) => [`${program}:${num}`, kind as EventKind]));

/** The kind of an event message by program and number; undefined when this client does not know it. */
export function eventKind(program: number, num: number): EventKind | undefined {
  return byNumber.get(`${program}:${num}`);
}
