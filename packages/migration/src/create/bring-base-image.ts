import { createHash } from "node:crypto";
import { fail, type HostPorts, type ImageFile } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { makeReserved, occupied, type Reservation, reserve, type Thing } from "../made-things.ts";
import { type BuildPlan, checkBuildHost } from "./check-build-host.ts";
import type { CreatePorts } from "./ports.ts";
import { undoBaseImages } from "./undo-creation.ts";

/**
 * Makes the host have the image as a file named by its content, once for all servers that stand on it. While it is written the ledger holds it as
 * `making`, and others that need it wait: half a file is never used. Its hash is compared before it counts as made; a file of that name that ferry
 * did not bring is read whole and compared.
 */
export const bringBaseImageFor = (check: Step<CreatePorts, Place>): Step<CreatePorts, null> => ({
  name: "bring-base-image",
  phase: "setup",
  run: async ({ ports, outputOf, signal }) => {
    const { hostId, order } = await ports.build.task();
    const { basePath, pool } = outputOf(check);
    await provide({ image: order.image, path: basePath, pool, host: await ports.hosts.host(hostId), ports, signal });
    return null;
  },
  undo: async ({ ports }) => undoBaseImages(ports),
});

/** Where the check before it wants the file. */
type Place = Pick<BuildPlan, "pool" | "basePath">;

export const bringBaseImage = bringBaseImageFor(checkBuildHost);

interface Base {
  readonly image: ImageFile;
  readonly path: string;
  readonly pool: string;
  readonly host: HostPorts;
  readonly ports: CreatePorts;
  readonly signal: AbortSignal;
}

async function provide(base: Base): Promise<void> {
  const { path, host, ports, image } = base;
  const thing = { hostId: host.address.id, kind: "base-image", key: path } as const;
  const known = await ports.ledger.find(thing.hostId, thing.kind, path);
  if (known?.migrationId === ports.migrationId && known.state === "made") return;
  if (!known && (await host.storage.volumeAt(path))) return requireContent(base);
  const claim = await reserveBase(thing, base);
  if (claim === "foreign") throw occupied(host.address.name, `${path}, being written for another server,`);
  const existing = await host.storage.volumeAt(path);
  if (claim === "kept" && existing?.fileBytes === image.sizeBytes) return;
  if (claim === "kept") return requireContent(base);
  await makeReserved(ports, thing, known?.migrationId !== ports.migrationId, async () => {
    if (existing) await host.storage.deleteVolume(path);
    await bring(base);
  });
}

/** An entry of an earlier server whose file somebody has removed since is worth nothing: the file is brought anew, as this server's. */
async function reserveBase(thing: Thing, { host, pool, ports, signal }: Base): Promise<Reservation> {
  const claim = await reserve(ports, thing, signal);
  if (claim !== "kept" || (await host.storage.volumeAt(thing.key))) return claim;
  await host.storage.refreshPool(pool);
  await ports.ledger.forget(thing);
  return reserve(ports, thing, signal);
}

async function bring({ image, path, pool, host, ports, signal }: Base): Promise<void> {
  const { format, virtualBytes, sizeBytes, sha256 } = image;
  await host.storage.createVolume({
    pool,
    name: path.slice(path.lastIndexOf("/") + 1),
    format,
    capacityBytes: virtualBytes,
    backing: null,
  });
  const content = hashed(ports.images.open(image.id, signal));
  await host.storage.upload(path, ofLength(content.bytes, image, host), sizeBytes, signal);
  if (content.digest() !== sha256) throw changed(image, host, "its content has changed since it was registered");
  await host.storage.refreshPool(pool);
}

/** Passes the content on and hashes it on its way. */
function hashed(content: AsyncIterable<Uint8Array>): { bytes: AsyncIterable<Uint8Array>; digest: () => string } {
  const hash = createHash("sha256");
  async function* pass(): AsyncGenerator<Uint8Array, void> {
    for await (const chunk of content) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return { bytes: pass(), digest: () => hash.digest("hex") };
}

/** A file that has grown or shrunk is not the one that was registered. */
async function* ofLength(content: AsyncIterable<Uint8Array>, image: ImageFile, host: HostPorts): AsyncGenerator<Uint8Array, void> {
  let seen = 0;
  for await (const chunk of content) {
    seen += chunk.length;
    if (seen > image.sizeBytes) break;
    yield chunk;
  }
  if (seen !== image.sizeBytes) throw changed(image, host, `it is not of the ${image.sizeBytes} bytes that were registered any more`);
}

async function requireContent({ image, path, host, signal }: Base): Promise<void> {
  const hash = createHash("sha256");
  for await (const chunk of host.storage.download(path, signal)) hash.update(chunk);
  if (hash.digest("hex") !== image.sha256) throw fail("BASE_SPOILT", { image: image.name, host: host.address.name, path });
}

const changed = ({ name }: ImageFile, { address }: HostPorts, reason: string): Error =>
  fail("IMAGE_CHANGED", { image: name, host: address.name, reason });
