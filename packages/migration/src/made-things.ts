import { type Artifact, type ArtifactKind, type FerryError, fail, type HostPorts, hasCode } from "@ferry/core";
import type { MigrationPorts } from "./ports.ts";

/** What keeping the ledger needs: of a migration, or of the making of a server. */
export type LedgerPorts = Pick<MigrationPorts, "migrationId" | "ledger" | "hosts" | "clock" | "settings">;

/** An undo makes nothing: it needs of the ledger only what is open to anybody. */
export type UndoPorts = Omit<LedgerPorts, "ledger"> & { readonly ledger: Omit<LedgerPorts["ledger"], "begin" | "made"> };

/** Key of an entry in the ledger. */
export type Thing = Pick<Artifact, "hostId" | "kind" | "key">;

/**
 * Removes, last made first, what this migration made of one kind, on whichever host; each entry is forgotten once the thing is gone. A remove
 * that answers `kept` found it in use by others: it stays, known as ferry's, unless what uses it may be another of these that could not be removed
 * yet. One that fails does not stop the others; its error is thrown at the end.
 */
export async function undoArtifacts(
  ports: UndoPorts,
  kind: ArtifactKind,
  remove: (host: HostPorts, key: string) => Promise<unknown>,
): Promise<void> {
  const failures: unknown[] = [];
  for (const artifact of (await madeBy(ports, kind)).toReversed()) {
    try {
      const outcome = await remove(await ports.hosts.host(artifact.hostId), artifact.key);
      if (outcome !== "kept") await ports.ledger.forget(artifact);
      else if (failures.length === 0) await ports.ledger.keep(artifact);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/** What this migration made of one kind and has not handed over. */
export async function madeBy(ports: UndoPorts, kind?: ArtifactKind): Promise<Artifact[]> {
  return ports.ledger.ofMigration(ports.migrationId, kind);
}

export type Reservation = "mine" | "kept" | "foreign";

/**
 * Enters a thing in the ledger before it is made. While another migration is making it, waits until that one has finished, or taken it away
 * again; `foreign` only when that lasts longer than `waitForOthersMs`. Throws ABORTED when the wait is cancelled.
 */
export async function reserve(ports: LedgerPorts, thing: Thing, signal: AbortSignal): Promise<Reservation> {
  const { clock, ledger, settings, migrationId } = ports;
  const deadline = clock.now() + settings.waitForOthersMs;
  for (;;) {
    const claim = await ledger.begin({ ...thing, migrationId });
    if (claim !== "foreign" || clock.now() >= deadline) return claim;
    if (signal.aborted) throw fail("ABORTED");
    await clock.sleep(LOOK_AGAIN_MS);
  }
}

const LOOK_AGAIN_MS = 500;

/**
 * Makes a thing that was just reserved and marks it as made. When it turns out to be there already, made by somebody else in this very moment,
 * the entry is withdrawn first, so that no undo removes what is not ours. `isNew`: no earlier try of this migration may have made it.
 */
export async function makeReserved(ports: LedgerPorts, thing: Thing, isNew: boolean, make: () => Promise<unknown>): Promise<void> {
  try {
    await make();
  } catch (error) {
    if (isNew && hasCode(error, "DESTINATION_OCCUPIED")) await ports.ledger.forget(thing);
    throw error;
  }
  await ports.ledger.made(thing);
}

export const occupied = (host: string, thing: string): FerryError => fail("DESTINATION_OCCUPIED", { host, thing });
