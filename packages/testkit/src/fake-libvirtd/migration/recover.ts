import { domainStates, pausedReasons } from "@ferry/libvirt";
import type { FakeHost } from "../host.ts";

/**
 * What a starting daemon does with migrations that its last life left half done: an incoming half guest is killed; an outgoing copy is cancelled
 * and the guest runs on; after the copy was complete the guest stays paused, because the other side may run it. A guest that was being saved runs on.
 */
export function recoverJobs(host: FakeHost): void {
  for (const domain of [...host.domains.values()]) {
    if (domain.incoming) {
      domain.stop("failed", "failed");
      continue;
    }
    if (domain.state === domainStates.paused && domain.reason === pausedReasons.save) domain.resume("saveCanceled", "unpaused");
    const job = domain.outgoing;
    if (!job) continue;
    domain.job = null;
    const { emulator } = domain;
    if (job.phase !== "performed" && emulator && !emulator.executing && !job.wasPaused) domain.resume("migrationCanceled", "migrated");
  }
}
