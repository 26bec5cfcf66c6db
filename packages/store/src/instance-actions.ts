import { fail } from "@ferry/core";
import type { Database } from "./database.ts";
import type { Prisma } from "./generated/client.ts";

export interface InstanceActionFilter {
  readonly serverId: string;
  readonly changedSince?: Date;
  readonly changedBefore?: Date;
}

export interface InstanceActionPage {
  readonly limit: number;
  /** Request id of the last action of the page before. */
  readonly marker?: string;
}

export const instanceActionLists = (db: Database) => ({
  /** Actions of a server, newest first. Throws VALIDATION_FAILED for an unknown marker. */
  async page(filter: InstanceActionFilter, { limit, marker }: InstanceActionPage) {
    return await db.instanceAction.findMany({
      where: { ...where(filter), ...(marker === undefined ? {} : await after(db, filter.serverId, marker)) },
      orderBy: [{ startTime: "desc" }, { requestId: "desc" }],
      take: limit,
    });
  },

  /** One action with its events as they happened; null when there is none. */
  async find(serverId: string, requestId: string) {
    return await db.instanceAction.findUnique({
      where: { serverId_requestId: { serverId, requestId } },
      include: { events: { orderBy: { id: "asc" } } },
    });
  },
});

export type InstanceActionRow = Awaited<ReturnType<ReturnType<typeof instanceActionLists>["page"]>>[number];
export type InstanceActionFullRow = NonNullable<Awaited<ReturnType<ReturnType<typeof instanceActionLists>["find"]>>>;

function where(filter: InstanceActionFilter): Prisma.InstanceActionWhereInput {
  const updatedAt = {
    ...(filter.changedSince === undefined ? {} : { gte: filter.changedSince }),
    ...(filter.changedBefore === undefined ? {} : { lte: filter.changedBefore }),
  };
  return { serverId: filter.serverId, updatedAt };
}

async function after(db: Database, serverId: string, marker: string): Promise<Prisma.InstanceActionWhereInput> {
  const found = await db.instanceAction.findUnique({ where: { serverId_requestId: { serverId, requestId: marker } } });
  if (found === null) throw fail("VALIDATION_FAILED", { sentence: `marker [${marker}] not found` });
  const { startTime, requestId } = found;
  return { OR: [{ startTime: { lt: startTime } }, { startTime, requestId: { lt: requestId } }] };
}
