import type { GuestObservation } from "@ferry/core";
import type { MovePlan } from "../move-plan.ts";
import type { MigrationPorts } from "../ports.ts";

/** What both hosts say about one guest. */
export interface BothSides {
  readonly source: GuestObservation;
  readonly destination: GuestObservation;
}

/** What both hosts say now about the guest of the plan; a silent host is an answer. */
export async function askBoth(plan: MovePlan, ports: MigrationPorts): Promise<BothSides> {
  const [from, to] = await Promise.all([ports.hosts.host(plan.sourceId), ports.hosts.host(plan.destinationId)]);
  const [source, destination] = await Promise.all([from.hypervisor.observe(plan.guest.uuid), to.hypervisor.observe(plan.guest.uuid)]);
  return { source, destination };
}
