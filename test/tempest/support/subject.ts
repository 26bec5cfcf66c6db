import { readFile } from "node:fs/promises";
import type { ClientWorld } from "../../clients/support/world.ts";
import { guestImage } from "../../lab/guest-image.ts";
import type { Subject } from "./configuration.ts";

type Provided = Pick<Subject, "imageIds" | "flavorIds" | "maxMicroversion">;

/** Two images with the same content, and two flavors of which the second one is larger. */
export async function provide(world: ClientWorld): Promise<Provided> {
  const content = new Uint8Array(await readFile((await guestImage(world.lab.config)).disk));
  const imageIds = [await addImage(world, "witness", content), await addImage(world, "witness-2", content)] as const;
  const flavorIds = [await addFlavor(world, "tempest-1", 160), await addFlavor(world, "tempest-2", 192)] as const;
  const { version } = (await world.stack.api.ok("GET", "/v2.1")).body as { version: { version: string } };
  return { imageIds, flavorIds, maxMicroversion: version.version };
}

async function addImage({ stack }: ClientWorld, name: string, content: Uint8Array<ArrayBuffer>): Promise<string> {
  const added = await stack.api.ok("POST", "/ferry/v1/images", { name, disk_format: "qcow2", visibility: "public" });
  const { id } = added.body["image"] as { id: string };
  const { status, body } = await stack.api.upload(`/ferry/v1/images/${id}/file`, content);
  if (status >= 400) throw new Error(`Uploading image ${name} answered ${status}: ${JSON.stringify(body)}`);
  return id;
}

async function addFlavor({ stack }: ClientWorld, id: string, ram: number): Promise<string> {
  await stack.api.ok("POST", "/v2.1/flavors", { flavor: { id, name: id, ram, vcpus: 1, disk: 1 } });
  return id;
}
