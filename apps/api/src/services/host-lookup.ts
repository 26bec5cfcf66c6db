import { fail } from "@ferry/core";
import type { Store, StoredHost } from "@ferry/store";

/** The host of exactly that name, or null. An id is not a name. */
export async function hostByName(store: Store, name: string): Promise<StoredHost | null> {
  const host = await store.hosts.find(name);
  return host?.name === name ? host : null;
}

/** The host by uuid, name, or number. A name made of digits wins over the number. Throws HOST_NOT_FOUND. */
export async function hostByAnyKey(store: Store, key: string): Promise<StoredHost> {
  const named = await store.hosts.find(key);
  const host = named ?? (/^\d{1,9}$/.test(key) ? await store.hosts.find(Number(key)) : null);
  if (host === null) throw fail("HOST_NOT_FOUND", { id: key });
  return host;
}
