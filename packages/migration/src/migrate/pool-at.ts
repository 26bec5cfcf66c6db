import { fail, type HostPorts } from "@ferry/core";
import { directoryOf } from "../policy/disk-path.ts";

/** Name of the host's pool whose directory holds the file. Throws TRANSFER_FAILED when there is none any more. */
export async function poolAt({ storage, address }: HostPorts, path: string): Promise<string> {
  const pool = (await storage.pools()).find((one) => one.path === directoryOf(path));
  if (!pool) throw fail("TRANSFER_FAILED", { reason: `${path} lies in no storage pool of ${address.name} any more` });
  return pool.name;
}
