import { Prisma } from "./generated/client.ts";

/** What several queries compute of a server `s` on a host `h`. None is ever null. */

/** The host's own name, as its hypervisor tells it. */
export const hypervisorHostname = Prisma.sql`COALESCE(h.facts->>'hostname', h.name)`;

/** Of the request that made it; a server that was found has one of its own. */
export const reservationId = Prisma.sql`COALESCE(s.reservation_id, 'r-' || left(s.id::text, 8))`;

/** What it was made of, or what is told of its sizes: as the API's flavor view names it. */
export const flavorId = Prisma.sql`COALESCE(s.flavor->>'id', 'c' || s.vcpus || '.m' || s.memory_mib || '.d' || s.root_gib)`;

/** Path of the first disk in the guest. */
export const rootDevice = Prisma.sql`COALESCE('/dev/' || (s.definition #>> '{disks,0,target}'), '')`;
