import type { GuestText, HostId } from "@ferry/core";
import type { Database } from "./database.ts";

/** The last persistent definition of each guest, with secrets: what an evacuation needs of a host that is dead. */
export const guestDocumentRecords = (db: Database) => ({
  /** Keeps the definitions that the host gave, of those guests that live there as the record has it: a stale one of elsewhere changes nothing. */
  async keep(host: HostId, texts: readonly GuestText[]): Promise<void> {
    if (texts.length === 0) return;
    const [ids, xmls] = [texts.map(({ uuid }) => uuid), texts.map(({ xml }) => xml)];
    await db.$executeRaw`
      INSERT INTO guest_documents AS d (server_id, xml, read_at)
      SELECT s.id, t.xml, clock_timestamp()
      FROM unnest(${ids}::uuid[], ${xmls}::text[]) AS t (id, xml) JOIN servers s ON s.id = t.id
      WHERE s.host_id = ${host}::uuid
      ON CONFLICT (server_id) DO UPDATE SET xml = excluded.xml, read_at = excluded.read_at WHERE d.xml <> excluded.xml`;
  },
});
