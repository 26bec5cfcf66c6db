import { fail, hostId } from "@ferry/core";
import type { FenceMethod, HostFence, Store } from "@ferry/store";
import type { Caller } from "../caller.ts";
import { hostByAnyKey } from "./host-lookup.ts";
import type { Inquirer } from "./inquire.ts";

/** The body of a fence, checked against the contract. */
export interface FenceBody {
  readonly method: FenceMethod;
  readonly note: string;
  readonly boot_id: string;
}

/**
 * Takes down that a host is dead, after a worker has found it silent: word alone is not taken for a host whose sshd answers, whatever its libvirt does.
 * Throws HOST_NOT_FOUND, HOST_ANSWERS, BOOT_UNKNOWN, FENCE_OTHER_BOOT, WORKER_SILENT.
 */
export async function fenceHost(store: Store, inquirer: Inquirer, key: string, body: FenceBody, caller: Caller): Promise<HostFence> {
  const { id, name } = await hostByAnyKey(store, key);
  const { kind, problem } = await inquirer.ask("seek-host", { hostId: id });
  if (kind !== "silent") throw fail("HOST_ANSWERS", { host: name, problem });
  const { method, note, boot_id: bootId } = body;
  return await store.fencing.fence({ hostId: hostId(id), bootId, method, note, userId: caller.userId });
}
