import { type EventKind, events } from "@ferry/libvirt";
import type { FakeClient } from "../client.ts";
import { Surprise } from "../refusal.ts";
import type { Answers } from "./answer.ts";

let lastCallback = 31;

/** Registration of events. Callback ids are unique in the daemon, as libvirt's are. */
export const eventAnswers = (): Answers => ({
  connectDomainEventCallbackRegisterAny: ({ eventId, dom }, client) => {
    if (dom) throw new Surprise("events of one guest only");
    return { callbackId: register(client, "domain", eventId) };
  },
  connectDomainEventCallbackDeregisterAny: ({ callbackId }, client) => deregister(client, callbackId),
  connectStoragePoolEventRegisterAny: ({ eventId, pool }, client) => {
    if (pool) throw new Surprise("events of one pool only");
    return { callbackId: register(client, "pool", eventId) };
  },
  connectStoragePoolEventDeregisterAny: ({ callbackId }, client) => deregister(client, callbackId),
  connectNetworkEventRegisterAny: ({ eventId, net }, client) => {
    if (net) throw new Surprise("events of one network only");
    return { callbackId: register(client, "network", eventId) };
  },
  connectNetworkEventDeregisterAny: ({ callbackId }, client) => deregister(client, callbackId),
});

function register(client: FakeClient, source: string, id: number): number {
  const [kind] = Object.entries(events).find(([, entry]) => entry.source === source && entry.id === id) ?? [];
  if (kind === undefined) throw new Surprise(`${source} event ${id}`);
  client.callbacks.set(kind as EventKind, ++lastCallback);
  return lastCallback;
}

function deregister(client: FakeClient, callbackId: number): Record<string, never> {
  for (const [kind, id] of client.callbacks) if (id === callbackId) client.callbacks.delete(kind);
  return {};
}
