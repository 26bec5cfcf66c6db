import { fail, isUuid } from "@ferry/core";
import type { Store } from "@ferry/store";

/**
 * Forgets a service: a host without servers, or one of ferry's own. Throws VALIDATION_FAILED for an id of another form, SERVICE_NOT_FOUND,
 * SERVICE_HOSTS_SERVERS, HOST_IN_USE.
 */
export async function deleteService(store: Store, id: string, minor: number): Promise<void> {
  const key = keyOf(id, minor);
  const host = await store.hosts.find(key);
  if (host !== null) return await store.hosts.remove(host.id, { onlyEmpty: true });
  const removed = await store.ownServices.remove(typeof key === "number" ? { number: key } : { id: key });
  if (!removed) throw fail("SERVICE_NOT_FOUND", { id });
}

const largest = 2_147_483_647;

function keyOf(id: string, minor: number): string | number {
  if (minor >= 53) {
    if (!isUuid(id)) throw fail("VALIDATION_FAILED", { sentence: `Invalid uuid ${id}` });
    return id;
  }
  if (!/^\d+$/.test(id)) throw fail("VALIDATION_FAILED", { sentence: `id must be an integer, is ${id}` });
  if (Number(id) > largest) throw fail("SERVICE_NOT_FOUND", { id });
  return Number(id);
}
