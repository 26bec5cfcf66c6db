import { fail, hasCode, type InquiryKind, type VolumeFormat } from "@ferry/core";
import type { NewVolumeRow, Store, VolumeRow } from "@ferry/store";
import type { Caller } from "../caller.ts";
import { hostByAnyKey } from "./host-lookup.ts";
import type { Inquirer } from "./inquire.ts";

/** The body of POST /ferry/v1/volumes, checked and with its defaults. */
export interface VolumeRequest {
  readonly name?: string | null;
  readonly host: string;
  readonly pool: string;
  /** GiB. */
  readonly size: number;
  readonly format: VolumeFormat;
}

/** The body of POST /ferry/v1/volumes/adopt. */
export interface VolumeAdoption extends Omit<VolumeRequest, "size"> {
  readonly volume_name: string;
  readonly project_id?: string;
}

type Entered = Omit<NewVolumeRow, "hostId" | "userId" | "projectId" | "name"> & { readonly projectId: string | null };

/** Enters a new volume and has a worker make it. */
export const createVolume = (store: Store, inquirer: Inquirer, request: VolumeRequest, caller: Caller): Promise<VolumeRow> =>
  make(store, inquirer, "create-volume", request, caller, {
    ...placeOf(request),
    projectId: null,
    sizeGiB: request.size,
    volumeName: null,
  });

/** Enters a volume that is there already; its size is what a worker finds. */
export const adoptVolume = (store: Store, inquirer: Inquirer, adoption: VolumeAdoption, caller: Caller): Promise<VolumeRow> => {
  const projectId = adoption.project_id ?? null;
  const entered = { ...placeOf(adoption), projectId, sizeGiB: 1, volumeName: adoption.volume_name };
  return make(store, inquirer, "adopt-volume", adoption, caller, entered);
};

const placeOf = ({ pool, format }: Pick<VolumeRequest, "pool" | "format">) => ({ pool, format });

/** What a worker refuses is thrown, and the volume is not in the record. A silent worker leaves it as `creating`: it is made when one is back. */
async function make(
  store: Store,
  inquirer: Inquirer,
  kind: Extract<InquiryKind, "create-volume" | "adopt-volume">,
  { host: key, name = null }: Pick<VolumeRequest, "host" | "name">,
  caller: Caller,
  { projectId, ...entered }: Entered,
): Promise<VolumeRow> {
  const host = await hostByAnyKey(store, key);
  const owner = { userId: caller.userId, projectId: projectId ?? caller.projectId ?? "" };
  const id = await store.volumes.enter({ ...entered, ...owner, name, hostId: host.id });
  try {
    await inquirer.ask(kind, { volumeId: id });
  } catch (error) {
    if (!hasCode(error, "WORKER_SILENT")) throw error;
  }
  const volume = await store.volumes.find(id);
  if (volume === null) throw fail("VOLUME_NOT_FOUND", { id });
  return volume;
}
