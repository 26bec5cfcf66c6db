import type { GuestState, GuestStateReason, GuestSummary, HostId } from "@ferry/core";
import type { Database } from "./database.ts";
import { decideSync, type SyncDecision } from "./decide-sync.ts";
import { withEvents } from "./events.ts";
import { keepHost, lockServers, lockServersOfHost } from "./known-servers.ts";
import { adoptGuests, followGuest, followState, markGone, type Owner } from "./sync-writes.ts";

/** Ids of servers by what was done with them. */
export interface SyncResult {
  readonly adopted: string[];
  readonly updated: string[];
  readonly moved: string[];
  readonly gone: string[];
}

/** For a host of thousands of guests that all have changed. */
const syncTimeoutMs = 120_000;

export const serverRecords = (db: Database) => ({
  /** The database's clock now. Take it before asking a host for its guests, and give it to `syncGuests`. */
  async syncMark(): Promise<Date> {
    const rows = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
    return rows[0]?.now ?? new Date();
  },

  /**
   * Brings the record in line with the complete list of a host's guests: enters new ones, follows changes, marks the vanished as deleted (see
   * `decideSync`). Servers that were written after `asOf` are left alone: the list may be older than what is known of them.
   */
  async syncGuests(hostId: HostId, guests: readonly GuestSummary[], asOf: Date, owner: Owner): Promise<SyncResult> {
    const seen = new Map(guests.map((guest) => [guest.definition.uuid, guest]));
    return await withEvents(
      db,
      async (tx, tell) => {
        await keepHost(tx, hostId);
        const known = await lockServersOfHost(tx, hostId, [...seen.keys()], asOf);
        const result: SyncResult = { adopted: [], updated: [], moved: [], gone: [] };
        for (const record of known.values()) {
          const guest = seen.get(record.id) ?? null;
          const decision = record.newer ? "leave" : decideSync(record, guest, hostId);
          if (decision === "gone") {
            await markGone(tx, tell, record);
            result.gone.push(record.id);
          } else if (guest !== null && (decision === "update" || decision === "move")) {
            const written = await followGuest(tx, tell, hostId, record, guest);
            if (written) (decision === "move" ? result.moved : result.updated).push(record.id);
          }
        }
        const unknown = [...seen.values()].filter(
          (guest) => !known.has(guest.definition.uuid) && decideSync(null, guest, hostId) === "adopt",
        );
        result.adopted.push(...(await adoptGuests(tx, tell, hostId, unknown, owner)));
        return result;
      },
      { timeoutMs: syncTimeoutMs },
    );
  },

  /**
   * Follows one event of a guest: null means that the host no longer has it. Returns what was decided; on `adopt` and `move` nothing was written,
   * because only a full `syncGuests` knows enough.
   */
  async applyGuestState(hostId: HostId, id: string, seen: { state: GuestState; reason: GuestStateReason } | null): Promise<SyncDecision> {
    return await withEvents(db, async (tx, tell) => {
      const record = (await lockServers(tx, [id])).get(id) ?? null;
      const decision = decideSync(record, seen, hostId);
      if (record === null) return decision;
      if (decision === "update" && seen !== null) await followState(tx, tell, record, seen);
      if (decision === "gone") await markGone(tx, tell, record);
      return decision;
    });
  },
});
