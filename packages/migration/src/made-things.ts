import { type Artifact, type ArtifactKind, type FerryError, fail, type HostPorts } from "@ferry/core";
import type { MigrationPorts } from "./ports.ts";

/** Removes, last made first, what this migration made of one kind, on whichever host; each entry is forgotten once the thing is gone. */
export async function undoArtifacts(
  ports: MigrationPorts,
  kind: ArtifactKind,
  remove: (host: HostPorts, key: string) => Promise<unknown>,
): Promise<void> {
  for (const artifact of (await madeBy(ports, kind)).toReversed()) {
    await remove(await ports.hosts.host(artifact.hostId), artifact.key);
    await ports.ledger.forget(artifact);
  }
}

/** What this migration made of one kind and has not handed over. */
export async function madeBy(ports: MigrationPorts, kind?: ArtifactKind): Promise<Artifact[]> {
  const { id } = await ports.store.order();
  return ports.ledger.ofMigration(id, kind);
}

export const occupied = (host: string, thing: string): FerryError => fail("DESTINATION_OCCUPIED", { host, thing });
