import { defaultZone } from "@ferry/core";
import { Prisma } from "./generated/client.ts";

/** The availability zone of the host of that row, as SQL: that of the one aggregate that names a zone, else Nova's own. */
export const zoneOfHost = (host: Prisma.Sql): Prisma.Sql => Prisma.sql`
  COALESCE((SELECT za.availability_zone FROM aggregate_hosts zh JOIN aggregates za ON za.id = zh.aggregate_id
    WHERE zh.host_id = ${host} AND za.availability_zone IS NOT NULL LIMIT 1), ${defaultZone}::text)`;
