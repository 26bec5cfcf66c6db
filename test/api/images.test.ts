import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runExamples } from "./support/examples.ts";
import { ids, now } from "./support/ids.ts";
import { openWorld, type World } from "./support/world.ts";

runExamples("images", ["listImages", "addImage", "showImage", "uploadImage", "removeImage"]);

describe("images", () => {
  let world: World;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now });
    world = await openWorld();
  });
  afterAll(async () => {
    await world.close();
    vi.useRealTimers();
  });

  const upload = (id: string, payload: Buffer) =>
    world.app.inject({
      method: "PUT",
      url: `/ferry/v1/images/${id}/file`,
      headers: { "x-auth-token": world.tokens.member, "content-type": "application/octet-stream" },
      payload,
    });
  const show = async (id: string) =>
    (await world.app.inject({ url: `/ferry/v1/images/${id}`, headers: { "x-auth-token": world.tokens.member } })).json<{
      image: Record<string, unknown>;
    }>().image;
  const chunks = async (id: string): Promise<number> =>
    Number((await world.sql.query("SELECT count(*) FROM image_chunks WHERE image_id = $1", [id])).rows[0].count);

  it("keep what was uploaded, byte by byte, however it was cut on its way", async () => {
    const content = Buffer.alloc(2_500_000, "some content of a disk");
    expect((await upload(ids.emptyImage, content)).statusCode).toBe(204);
    const kept: Uint8Array[] = [];
    for await (const piece of world.store.images.content(ids.emptyImage)) kept.push(piece);
    expect(Buffer.concat(kept).equals(content)).toBe(true);
    expect(await show(ids.emptyImage)).toMatchObject({ status: "active", size: content.length, virtual_size: content.length });
  });

  it("keep nothing of a qcow2 whose header names a backing file, and say why", async () => {
    const { id } = await world.store.images.add({
      name: "crafted",
      projectId: ids.opsProject,
      isPublic: false,
      diskFormat: "qcow2",
      minDiskGiB: 0,
      minRamMiB: 0,
      source: null,
    });
    const crafted = Buffer.alloc(2_000_000);
    crafted.writeUInt32BE(0x514649fb, 0);
    crafted.writeUInt32BE(3, 4);
    crafted.writeBigUInt64BE(512n, 8);
    const answer = await upload(id, crafted);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ badRequest: { message: expect.stringContaining("its header names a backing file") } });
    expect(await show(id)).toMatchObject({ status: "killed", problem: expect.stringContaining("backing file") });
    expect(await chunks(id)).toBe(0);
  });

  it("are not deleted while a server is being made of them", async () => {
    await world.sql.query("UPDATE servers SET image_id = $1, build = '{}' WHERE id = $2", [ids.debianImage, ids.old1]);
    const answer = await world.app.inject({
      method: "DELETE",
      url: `/ferry/v1/images/${ids.debianImage}`,
      headers: { "x-auth-token": world.tokens.member },
    });
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ conflictingRequest: { message: expect.stringContaining("1 servers are being made") } });
  });
});
