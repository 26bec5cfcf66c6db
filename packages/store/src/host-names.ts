import { fail, type HostId } from "@ferry/core";
import type { Database } from "./database.ts";
import { withEvents } from "./events.ts";
import { isUniqueViolation } from "./prisma-error.ts";

export const hostNameRecords = (db: Database) => ({
  /** Gives a host another name. Throws HOST_EXISTS when another host has it; an unknown id changes nothing. */
  async rename(id: HostId, name: string): Promise<void> {
    try {
      await withEvents(db, async (tx, tell) => {
        const { count } = await tx.host.updateMany({ where: { id, name: { not: name } }, data: { name } });
        if (count > 0) tell({ kind: "host.changed", hostId: id, data: { name } });
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw fail("HOST_EXISTS", { name }, error);
      throw error;
    }
  },
});
