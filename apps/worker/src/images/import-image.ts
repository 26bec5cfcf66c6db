import { createHash } from "node:crypto";
import { fail, type HostPorts, headerBytes, isFerryError, readImageHeader, SECOND } from "@ferry/core";
import type { ImageContent, StoredImage } from "@ferry/store";
import type { Worker } from "../dependencies.ts";
import { isSilence } from "../is-silence.ts";

const renewEveryMs = 20 * SECOND;

/**
 * One job: reads an image that is a file of a host for the first time, and notes what it is. A host that is silent is asked again later; what is no
 * image of the declared format is refused. Does nothing when another worker is at it, so a job may be delivered any number of times.
 */
export async function importImage(id: string, worker: Pick<Worker, "store" | "hosts" | "log">): Promise<void> {
  const { images } = worker.store;
  const image = await images.beginImport(id);
  if (image?.source == null) return;
  const log = worker.log.child({ image: id });
  const renewal = setInterval(() => {
    images.renew(id).catch((error: unknown) => log.warn({ err: error }, "the right to read an image could not be renewed"));
  }, renewEveryMs);
  try {
    const host = await worker.hosts.host(image.source.hostId);
    await images.activate(id, await readImage(image, image.source.path, host));
  } catch (error) {
    log.warn({ err: error }, "an image of a host could not be read");
    if (isSilence(error)) return;
    await images.refuse(id, "killed", (isFerryError(error) ? error : fail("INTERNAL", {}, error)).message);
  } finally {
    clearInterval(renewal);
  }
}

async function readImage({ name, diskFormat }: StoredImage, path: string, { storage, address }: HostPorts): Promise<ImageContent> {
  const volume = (await storage.volumeAt(path)) ?? (await afterRefresh(path, storage));
  if (volume === null) {
    const reason = `host ${address.name} has no volume ${path}`;
    throw fail("IMAGE_REFUSED", { image: name, reason, remedy: "Name a file of an active pool" });
  }
  const [sha256, md5] = [createHash("sha256"), createHash("md5")];
  const first: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of storage.download(path, new AbortController().signal)) {
    if (sizeBytes < headerBytes) first.push(chunk);
    sha256.update(chunk);
    md5.update(chunk);
    sizeBytes += chunk.length;
  }
  const head = Buffer.concat(first).subarray(0, headerBytes);
  const { virtualBytes } = readImageHeader(name, diskFormat, head, sizeBytes);
  return { sha256: sha256.digest("hex"), checksum: md5.digest("hex"), sizeBytes, virtualBytes };
}

/** A file that was put there beside libvirt becomes a volume when its pool is looked at again. */
async function afterRefresh(path: string, storage: HostPorts["storage"]) {
  const pool = (await storage.pools()).find((one) => one.active && one.path === path.slice(0, path.lastIndexOf("/")));
  if (!pool) return null;
  await storage.refreshPool(pool.name);
  return await storage.volumeAt(path);
}
