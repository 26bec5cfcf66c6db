import type { GuestObservation, HostId } from "@ferry/core";
import type { Worker } from "../dependencies.ts";
import { refreshHost } from "./refresh-host.ts";

/**
 * A guest that vanished from a host or stopped there may have been moved by somebody else: every other host that is up is asked for it, and the record of
 * the one that runs it is brought up to date. Otherwise the server would be taken for deleted until that host's next full look.
 */
export async function seekElsewhere(
  uuid: string,
  vanishedFrom: HostId,
  worker: Pick<Worker, "store" | "hosts" | "adopter" | "log">,
): Promise<void> {
  const others = (await worker.store.hosts.list()).filter(({ id, state }) => id !== vanishedFrom && state === "up");
  const seen = await Promise.all(others.map(async ({ id }) => (await worker.hosts.host(id)).hypervisor.observe(uuid)));
  const holders = others.filter((_, index) => isRunning(seen[index]));
  for (const { id } of holders) await refreshHost(id, worker);
}

const isRunning = (seen: GuestObservation | undefined): boolean =>
  seen?.kind === "present" && (seen.state === "running" || seen.state === "paused");
