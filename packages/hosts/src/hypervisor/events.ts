import type { HypervisorEvent } from "@ferry/core";
import {
  blockJobStatuses,
  blockJobTypes,
  type EventStream,
  type LibvirtConnection,
  type LibvirtEvent,
  lifecycleEvents,
  resumedDetails,
  startedDetails,
  stoppedDetails,
  suspendedDetails,
} from "@ferry/libvirt";
import type { HostLink } from "../link/host-link.ts";
import { jobStatistics } from "./statistics.ts";

const kinds = ["lifecycle", "blockJob2", "migrationIteration", "jobCompleted", "deviceRemoved"] as const;
type Kind = (typeof kinds)[number];
type Lifecycle = Extract<HypervisorEvent, { kind: "lifecycle" }>;

const lifecycles: Readonly<Record<number, Lifecycle["event"]>> = {
  [lifecycleEvents.defined]: "defined",
  [lifecycleEvents.undefined]: "undefined",
  [lifecycleEvents.started]: "started",
  [lifecycleEvents.suspended]: "suspended",
  [lifecycleEvents.resumed]: "resumed",
  [lifecycleEvents.stopped]: "stopped",
  [lifecycleEvents.shutdown]: "shutdown",
  [lifecycleEvents.pmsuspended]: "pm-suspended",
  [lifecycleEvents.crashed]: "crashed",
};

const migratedDetail: Readonly<Record<number, number>> = {
  [lifecycleEvents.started]: startedDetails.migrated,
  [lifecycleEvents.suspended]: suspendedDetails.migrated,
  [lifecycleEvents.resumed]: resumedDetails.migrated,
  [lifecycleEvents.stopped]: stoppedDetails.migrated,
};

const failedDetail: Readonly<Record<number, number>> = {
  [lifecycleEvents.stopped]: stoppedDetails.failed,
  [lifecycleEvents.suspended]: suspendedDetails.postcopyFailed,
  [lifecycleEvents.resumed]: resumedDetails.postcopyFailed,
};

const diskStatuses: Readonly<Record<number, "ready" | "completed" | "failed" | "cancelled">> = {
  [blockJobStatuses.ready]: "ready",
  [blockJobStatuses.completed]: "completed",
  [blockJobStatuses.failed]: "failed",
  [blockJobStatuses.cancelled]: "cancelled",
};

/** One libvirt event in ferry's words; null for what ferry does not follow. */
export function toHypervisorEvent(event: LibvirtEvent<Kind>): HypervisorEvent | null {
  const uuid = event.dom.uuid;
  if (event.kind === "lifecycle") return lifecycleEvent(event);
  if (event.kind === "deviceRemoved") return { kind: "device-removed", uuid, alias: event.devAlias };
  if (event.kind === "migrationIteration") return { kind: "iteration", uuid, iteration: event.iteration };
  if (event.kind === "jobCompleted") return { kind: "job-completed", uuid, statistics: jobStatistics(event.params) };
  const status = diskStatuses[event.status];
  return status && event.type === blockJobTypes.copy ? { kind: "disk-job", uuid, target: event.dst, status } : null;
}

function lifecycleEvent({ dom, event, detail }: LibvirtEvent<"lifecycle">): HypervisorEvent | null {
  const name = lifecycles[event];
  if (!name) return null;
  const [migrated, failed] = [migratedDetail[event] === detail, failedDetail[event] === detail];
  return { kind: "lifecycle", uuid: dom.uuid, name: dom.name, event: name, migrated, failed };
}

/**
 * Events of all guests. The registration is sent at once, not at the first read; the first value is awaited only by the reader. Ends when
 * `signal` aborts, and with an error of the catalogue when the connection is lost.
 */
export function hypervisorEvents(link: HostLink, signal: AbortSignal): AsyncIterable<HypervisorEvent> {
  const subscription = link.act("listen to events", (connection: LibvirtConnection) => connection.subscribe(kinds, { signal }));
  subscription.catch(() => undefined);
  return { [Symbol.asyncIterator]: () => read(link, subscription, signal) };
}

async function* read(link: HostLink, subscription: Promise<EventStream<Kind>>, signal: AbortSignal): AsyncGenerator<HypervisorEvent, void> {
  try {
    const stream = await subscription;
    for (;;) {
      const next = await link.translated("listen to events", () => stream.next());
      if (next.done) return;
      const event = toHypervisorEvent(next.value);
      if (event) yield event;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await Promise.allSettled([subscription.then((stream) => stream.return())]);
  }
}
