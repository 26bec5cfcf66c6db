import type { Lease } from "@ferry/core";
import type { Worker } from "./dependencies.ts";

/**
 * Renews a lease three times in its life until stopped. A renewal that fails is only logged: the record itself refuses what a worker without
 * its lease wants to write.
 */
export function keepLease(lease: Lease, { store, log }: Pick<Worker, "store" | "log">, lifeMs: number): { stop: () => void } {
  const timer = setInterval(() => {
    store.leases.renew(lease, lifeMs).then(
      (held) => {
        if (!held) log.warn({ migration: lease.migrationId }, "the lease has gone to another worker");
      },
      (error: unknown) => log.warn({ migration: lease.migrationId, err: error }, "the lease could not be renewed"),
    );
  }, lifeMs / 3);
  return { stop: () => clearInterval(timer) };
}
