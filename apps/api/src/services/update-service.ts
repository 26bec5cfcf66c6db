import { fail, type HostId, isUuid } from "@ferry/core";
import type { Store } from "@ferry/store";
import { hostByName } from "./host-lookup.ts";
import { isTrue } from "./loose-boolean.ts";

/** What an operator decides about a host's service; what is left out stays. */
export interface ServiceChange {
  readonly enabled?: boolean;
  readonly disabledReason?: string | null;
  readonly forcedDown?: boolean;
}

/** The body from 2.53 on, checked against the contract. */
export interface ServiceUpdate {
  readonly status?: "enabled" | "disabled";
  readonly disabled_reason?: string;
  readonly forced_down?: boolean | string;
}

/** The body before 2.53: the host is named here. */
export interface NamedServiceUpdate {
  readonly host: string;
  readonly binary: string;
  readonly disabled_reason?: string;
  readonly forced_down?: boolean | string;
}

/** What a request from 2.53 on changes. Throws SERVICE_REASON_WITHOUT_DISABLING, SERVICE_UNCHANGED. */
export function changeOf({ status, disabled_reason: reason, forced_down: forced }: ServiceUpdate): ServiceChange {
  if (reason !== undefined && status !== "disabled") throw fail("SERVICE_REASON_WITHOUT_DISABLING");
  if (status === undefined && forced === undefined) throw fail("SERVICE_UNCHANGED");
  return {
    ...(status === undefined ? {} : { enabled: status === "enabled", disabledReason: reason ?? null }),
    ...(forced === undefined ? {} : { forcedDown: isTrue(forced) }),
  };
}

/** What a request before 2.53 changes, by the word in its path. Throws RESOURCE_NOT_FOUND for a word that is none, VALIDATION_FAILED for a body that lacks what it needs. */
export function namedChangeOf(word: string, body: NamedServiceUpdate, minor: number): ServiceChange {
  switch (word) {
    case "enable":
      return { enabled: true, disabledReason: null };
    case "disable":
      return { enabled: false, disabledReason: null };
    case "disable-log-reason":
      if (body.disabled_reason === undefined) throw missing("disabled_reason");
      return { enabled: false, disabledReason: body.disabled_reason };
    case "force-down":
      if (minor < 11) throw fail("RESOURCE_NOT_FOUND");
      if (body.forced_down === undefined) throw missing("forced_down");
      return { forcedDown: isTrue(body.forced_down) };
    default:
      throw fail("RESOURCE_NOT_FOUND");
  }
}

const missing = (field: string): Error => fail("VALIDATION_FAILED", { sentence: `Missing required field ${field}.` });

/** The host whose compute service has that uuid. Throws VALIDATION_FAILED, SERVICE_NOT_COMPUTE, SERVICE_NOT_FOUND. */
export async function serviceById(store: Store, id: string): Promise<HostId> {
  if (!isUuid(id)) throw fail("VALIDATION_FAILED", { sentence: `Invalid uuid ${id}` });
  const host = await store.hosts.find(id);
  if (host !== null) return host.id;
  const own = (await store.ownServices.list()).find((service) => service.id === id);
  if (own === undefined) throw fail("SERVICE_NOT_FOUND", { id });
  throw fail("SERVICE_NOT_COMPUTE", { binary: own.binary, host: own.host });
}

/** The host that was named, if the binary is that of its compute service. Throws SERVICE_HOST_NOT_FOUND. */
export async function serviceByName(store: Store, { host: name, binary }: NamedServiceUpdate): Promise<HostId> {
  const host = binary === "nova-compute" ? await hostByName(store, name) : null;
  if (host === null) throw fail("SERVICE_HOST_NOT_FOUND", { host: name, binary });
  return host.id;
}
