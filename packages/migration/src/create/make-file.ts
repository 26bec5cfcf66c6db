import type { HostPorts, VolumeRequest } from "@ferry/core";
import { makeReserved, occupied, reserve } from "../made-things.ts";
import type { CreatePorts } from "./ports.ts";

/** What of a host is asked for the making of a file of the server. */
export interface FileMaking {
  readonly path: string;
  readonly host: HostPorts;
  readonly ports: CreatePorts;
  readonly signal: AbortSignal;
}

/** Makes a file for the server alone, entered in the ledger first. A file that is there and was not entered is a stranger's: DESTINATION_OCCUPIED. */
export async function makeFile({ path, host, ports, signal }: FileMaking, make: (name: string) => Promise<unknown>): Promise<void> {
  const thing = { hostId: host.address.id, kind: "volume", key: path } as const;
  const [known, existing] = await Promise.all([ports.ledger.find(thing.hostId, thing.kind, path), host.storage.volumeAt(path)]);
  const isNew = known?.migrationId !== ports.migrationId;
  if (existing && isNew) throw occupied(host.address.name, path);
  if ((await reserve(ports, thing, signal)) !== "mine") throw occupied(host.address.name, path);
  await makeReserved(ports, thing, isNew, async () => {
    if (existing) await host.storage.deleteVolume(path);
    await make(nameOf(path));
  });
}

const nameOf = (path: VolumeRequest["name"]): string => path.slice(path.lastIndexOf("/") + 1);
