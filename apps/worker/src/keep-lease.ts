import type { Lease } from "@ferry/core";
import type { Worker } from "./dependencies.ts";

type Log = Pick<Worker["log"], "warn">;

/**
 * Renews a lease three times in its life until stopped. A renewal that fails is only logged: the record itself refuses what a worker without
 * its lease wants to write. `onLost` is told when the lease has gone.
 */
export function keepRenewed(
  renew: () => Promise<boolean>,
  log: Log,
  lifeMs: number,
  onLost: () => void = () => undefined,
): { stop: () => void } {
  const timer = setInterval(() => {
    renew().then(
      (held) => {
        if (held) return;
        log.warn("the lease has gone to another worker");
        onLost();
      },
      (error: unknown) => log.warn({ err: error }, "the lease could not be renewed"),
    );
  }, lifeMs / 3);
  return { stop: () => clearInterval(timer) };
}

/** The same for the lease of a migration. */
export const keepLease = (lease: Lease, { store, log }: Pick<Worker, "store" | "log">, lifeMs: number): { stop: () => void } =>
  keepRenewed(() => store.leases.renew(lease, lifeMs), log.child({ migration: lease.migrationId }), lifeMs);
