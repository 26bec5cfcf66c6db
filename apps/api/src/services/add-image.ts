import { fail, hostId, type ImageFormat, isFilePool } from "@ferry/core";
import type { NewImage, Store, StoredImage } from "@ferry/store";
import type { Caller } from "../caller.ts";
import { enforce } from "../policy.ts";
import { hostByAnyKey } from "./host-lookup.ts";

/** The body of POST /ferry/v1/images, checked and with its defaults. */
export interface ImageAddition {
  readonly name: string;
  readonly disk_format: ImageFormat;
  readonly visibility: "private" | "public";
  readonly min_disk: number;
  readonly min_ram: number;
  readonly source?: { readonly host: string; readonly pool: string; readonly volume: string };
}

/** Enters an image in the caller's project. Throws POLICY_FORBIDS, HOST_NOT_FOUND, VALIDATION_FAILED. */
export async function addImage(store: Store, addition: ImageAddition, caller: Caller): Promise<StoredImage> {
  if (addition.visibility === "public") enforce(caller, "ferry:images:add:public");
  if (addition.source !== undefined) enforce(caller, "ferry:images:add:host");
  if (caller.projectId === null) throw fail("VALIDATION_FAILED", { sentence: "An image needs a project: scope the token to one." });
  return await store.images.add({
    name: addition.name,
    projectId: caller.projectId,
    isPublic: addition.visibility === "public",
    diskFormat: addition.disk_format,
    minDiskGiB: addition.min_disk,
    minRamMiB: addition.min_ram,
    source: addition.source === undefined ? null : await placeOf(store, addition.source),
  });
}

/** Nothing outside a pool is ever read: the pool's directory and a file name make the path. */
async function placeOf(store: Store, source: NonNullable<ImageAddition["source"]>): Promise<NewImage["source"]> {
  const host = await hostByAnyKey(store, source.host);
  const pool = host.facts?.pools.find((one) => one.name === source.pool);
  if (!pool?.path || !isFilePool(pool.type)) {
    const sentence = `Invalid input for field/attribute pool. Value: ${source.pool}. Host ${host.name} has no pool of files of that name`;
    throw fail("VALIDATION_FAILED", { sentence });
  }
  return { hostId: hostId(host.id), path: `${pool.path}/${source.volume}` };
}
