import type { HostId } from "@ferry/core";
import type { Thing } from "../made-things.ts";
import type { MigrationPorts } from "../ports.ts";

/**
 * Starts a pool or network that was found stopped. It is this migration's to stop again only when this migration started it: one that somebody
 * else started in between, or that another migration has entered, is used and left alone.
 */
export async function startStopped(ports: MigrationPorts, thing: Thing, start: () => Promise<{ started: boolean }>): Promise<void> {
  const { migrationId } = ports;
  const known = await ports.ledger.find(thing.hostId, thing.kind, thing.key);
  const claim = await ports.ledger.begin({ ...thing, migrationId });
  if (claim !== "mine") {
    await start();
    return;
  }
  const isNew = known?.migrationId !== migrationId;
  const { started } = await start();
  if (isNew && !started) await ports.ledger.forget(thing);
  else await ports.ledger.made(thing);
}

/**
 * Whether other migrations on their way to that host may count on what this one started there, or guests that may go back to it: each holds a claim
 * before it looks what runs. What they may use is left running, known as ferry's.
 */
export async function isUsedByOthers(ports: MigrationPorts, hostId: HostId): Promise<boolean> {
  return (await ports.store.claimedMiB(hostId)) > 0;
}
