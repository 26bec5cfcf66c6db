import type { HostId } from "@ferry/core";
import type { Worker } from "../dependencies.ts";

/** Keeps the persistent definitions of a host's guests in the record: from a dead host they cannot be had. */
export async function keepDefinitions(id: HostId, { store, hosts }: Pick<Worker, "store" | "hosts">): Promise<void> {
  const { hypervisor } = await hosts.host(id);
  await store.guestDocuments.keep(id, await hypervisor.definitions());
}
