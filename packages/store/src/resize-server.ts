import { type FlavorSnapshot, fail, type Resize, type ServerId } from "@ferry/core";
import type { Transaction } from "./database.ts";
import { keepQuota } from "./quotas.ts";

/**
 * The change of size that the flavor means for a server, whose row this transaction holds. Throws QUOTA_EXCEEDED when the project may not have what is
 * added, and FLAVOR_UNCHANGED when the server has that flavor.
 */
export async function resizeTo(tx: Transaction, serverId: ServerId, to: FlavorSnapshot): Promise<Resize> {
  const { projectId, flavor, ...sizes } = await tx.server.findUniqueOrThrow({
    where: { id: serverId },
    select: { projectId: true, flavor: true, memoryMiB: true, vcpus: true, rootGiB: true },
  });
  const from = { flavor: flavor as FlavorSnapshot | null, ...sizes };
  if (from.flavor !== null && isSame(from.flavor, to)) throw fail("FLAVOR_UNCHANGED");
  await keepQuota(tx, projectId, {
    instances: 0,
    cores: Math.max(0, to.vcpus - from.vcpus),
    ram: Math.max(0, to.memoryMiB - from.memoryMiB),
  });
  return { from, to };
}

/** A flavor that was deleted and made anew under its id is another one. */
const isSame = (one: FlavorSnapshot, other: FlavorSnapshot): boolean =>
  one.number === undefined ? one.id === other.id : one.number === other.number;
