import {
  type DirectorySighting,
  type EvacuationRecord,
  type FenceState,
  type GuestDefinition,
  type HostFacts,
  isFerryError,
  type Lease,
} from "@ferry/core";
import type { Database } from "./database.ts";
import { fenced } from "./fence.ts";
import { requireFence } from "./fencing.ts";
import { serverGuard } from "./server-firewalls.ts";

/** What an evacuation reads of the record, under its lease. */
export const evacuationRecords = (db: Database, lease: Lease) => ({
  async recall(): Promise<EvacuationRecord> {
    const { serverId, server, source, startsGuest, sourceHostId } = await db.migration.findUniqueOrThrow({
      where: { id: lease.migrationId },
      select: {
        serverId: true,
        sourceHostId: true,
        startsGuest: true,
        source: { select: { facts: true, sightings: true } },
        server: { select: { definition: true, document: { select: { xml: true } } } },
      },
    });
    return {
      facts: (source?.facts ?? null) as HostFacts | null,
      fence: await fenceState(db, sourceHostId ?? ""),
      xml: server.document?.xml ?? null,
      definition: server.definition as unknown as GuestDefinition,
      sightings: (source?.sightings ?? []) as unknown as DirectorySighting[],
      startsGuest,
      guard: await serverGuard(db, serverId),
    };
  },

  async requireFence(): Promise<void> {
    await fenced(db, lease, (tx, { sourceHostId }) => requireFence(tx, sourceHostId));
  },
});

async function fenceState(db: Database, hostId: string): Promise<FenceState> {
  try {
    await db.$transaction((tx) => requireFence(tx, hostId));
    return { inForce: true };
  } catch (error) {
    if (!isFerryError(error)) throw error;
    return { inForce: false, reason: error.message };
  }
}
