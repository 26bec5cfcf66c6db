import { type FirewallLease, type FirewallOrder, fail, guardName, hasCode, isFerryError, SECOND, serverId, unguardable } from "@ferry/core";
import { placeSecurityFilters, refreshSecurityFilters } from "@ferry/migration";
import type { Worker } from "../dependencies.ts";
import { keepRenewed } from "../keep-lease.ts";

const LEASE_MS = 15 * SECOND;
const firstRetryMs = 2 * SECOND;
const longestRetryMs = 30 * SECOND;

/** 2, 4, 8, 16, 30, 30, ... seconds. */
export const retryAfterMs = (attempt: number): number => Math.min(firstRetryMs * 2 ** (attempt - 1), longestRetryMs);

/**
 * One job: brings a server's firewall on its host in line with its security groups, again until nothing has changed meanwhile. What cannot be done now
 * (a silent host, a server that is being moved) stays pending with its reason, and the reconciler brings it back. Does nothing when another run has the
 * lease or nothing is pending, so a job may be delivered any number of times.
 */
export async function applyFirewall(id: string, worker: Worker): Promise<void> {
  const { store, owner } = worker;
  const lease = await store.serverFirewalls.take(serverId(id), owner, LEASE_MS);
  if (lease === null) return;
  const log = worker.log.child({ server: id });
  const renewal = keepRenewed(() => store.serverFirewalls.renew(lease, LEASE_MS), log, LEASE_MS);
  try {
    await untilSettled(lease, worker);
  } catch (error) {
    if (hasCode(error, "FIREWALL_FENCED")) return;
    log.warn({ err: error }, "a change of security groups is not in force yet; tried again");
    const problem = isFerryError(error) ? error : fail("INTERNAL", {}, error);
    await store.serverFirewalls.postpone(lease, problem.message, retryAfterMs);
  } finally {
    renewal.stop();
    await store.serverFirewalls.release(lease);
  }
}

async function untilSettled(lease: FirewallLease, worker: Worker): Promise<void> {
  const { serverFirewalls } = worker.store;
  const confirm = async (): Promise<void> => {
    await serverFirewalls.order(lease);
  };
  for (let order = await serverFirewalls.order(lease); order !== null; order = await serverFirewalls.order(lease)) {
    if (order.migration === null) await guardAtHome(order, worker, confirm);
    else await guardWhileMoving(order, order.migration, worker, confirm);
    await serverFirewalls.settle(lease, order.revision);
  }
}

type Confirm = () => Promise<void>;

/** First the rules, then the cards that they are to guard: no card is ever without the ones that it had. */
async function guardAtHome(order: FirewallOrder, { hosts }: Worker, confirm: Confirm): Promise<void> {
  const { serverId: id } = order;
  const host = await hosts.host(order.hostId);
  const guest = await host.hypervisor.guest(id);
  if (guest === null) throw fail("SERVER_GONE", { action: "addSecurityGroup", id, host: host.address.name });
  const reason = unguardable(guest.definition, guardName(id));
  if (reason !== null) throw fail("SERVER_UNGUARDABLE", { id, reason });
  await placeSecurityFilters(order, host, confirm);
  await confirm();
  await host.firewall.guard(id, guardName(id), order.addresses ?? {});
}

/**
 * A guest that is being moved keeps its cards as they are until it has arrived; rules that guard it follow at once, on whichever of the hosts has them.
 * The change stays pending, and is made once more where the server ends.
 */
async function guardWhileMoving(
  order: FirewallOrder,
  { number: migration, hostIds }: NonNullable<FirewallOrder["migration"]>,
  { hosts }: Worker,
  confirm: Confirm,
): Promise<never> {
  for (const id of [order.hostId, ...hostIds]) await refreshSecurityFilters(order, await hosts.host(id), confirm);
  throw fail("SERVER_MIGRATION_PENDING", { action: "addSecurityGroup", id: order.serverId, migration });
}
