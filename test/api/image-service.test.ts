import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runExamples } from "./support/examples.ts";
import { ids, now, type UserName } from "./support/ids.ts";
import { openWorld, type World } from "./support/world.ts";

runExamples("image service", [
  "listImageVersions",
  "listImagesV2",
  "createImageV2",
  "showImageV2",
  "updateImageV2",
  "deleteImageV2",
  "uploadImageV2",
  "downloadImageV2",
  "addImageTag",
  "removeImageTag",
  "showImageSchema",
  "showImagesSchema",
]);

describe("image service", () => {
  let world: World;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now });
    world = await openWorld({ worker: false });
  });
  afterAll(async () => {
    await world.close();
    vi.useRealTimers();
  });

  type Method = "GET" | "PUT" | "POST" | "PATCH" | "DELETE";
  const ask = (method: Method, url: string, payload?: object | Buffer, type?: string, as: UserName = "member") =>
    world.app.inject({
      method,
      url: `/image/v2/images${url}`,
      headers: { "x-auth-token": world.tokens[as], ...(type === undefined ? {} : { "content-type": type }) },
      ...(payload === undefined ? {} : { payload }),
    });
  const patch = (id: string, operations: unknown) =>
    ask("PATCH", `/${id}`, Buffer.from(JSON.stringify(operations)), "application/openstack-images-v2.1-json-patch");
  const make = async (more: object = {}): Promise<string> =>
    (await ask("POST", "", { name: "made", disk_format: "raw", ...more })).json<{ id: string }>().id;
  const names = async (query: string): Promise<string[]> =>
    (await ask("GET", `?${query}`)).json<{ images: { name: string }[] }>().images.map(({ name }) => name);

  it("gives back what was uploaded, with the sums that clients compare", async () => {
    const id = await make();
    const content = Buffer.alloc(2_500_000, "what is on the disk");
    expect((await ask("PUT", `/${id}/file`, content, "application/octet-stream")).statusCode).toBe(204);
    const answer = await ask("GET", `/${id}/file`, undefined, undefined, "reader");
    const checksum = createHash("md5").update(content).digest("hex");
    expect(answer.headers).toMatchObject({
      "content-type": "application/octet-stream",
      "content-length": String(content.length),
      "content-md5": checksum,
    });
    expect(answer.rawPayload.equals(content)).toBe(true);
    const os_hash_value = createHash("sha256").update(content).digest("hex");
    expect((await ask("GET", `/${id}`)).json()).toMatchObject({
      status: "active",
      size: content.length,
      checksum,
      os_hash_algo: "sha256",
      os_hash_value,
    });
  });

  it("does not give a file that lies on a host, and names the host", async () => {
    await world.sql.query("UPDATE images SET source_host_id = $1, source_path = '/srv/debian.qcow2' WHERE id = $2", [
      ids.compute1,
      ids.debianImage,
    ]);
    const answer = await ask("GET", `/${ids.debianImage}/file`);
    expect([answer.statusCode, answer.body]).toEqual([409, expect.stringContaining("is a file of host compute1")]);
  });

  it("a tag is there once, and goes once", async () => {
    const id = await make({ tags: ["a"] });
    for (const tag of ["b", "b", "a"]) expect((await ask("PUT", `/${id}/tags/${tag}`)).statusCode).toBe(204);
    expect((await ask("GET", `/${id}`)).json()).toMatchObject({ tags: ["a", "b"] });
    expect((await ask("DELETE", `/${id}/tags/a`)).statusCode).toBe(204);
    expect((await ask("DELETE", `/${id}/tags/a`)).statusCode).toBe(404);
  });

  it("a protected image stays until it is protected no more, under either path; one that is needed stays", async () => {
    const id = await make({ protected: true });
    expect((await ask("DELETE", `/${id}`)).statusCode).toBe(403);
    const own = await world.app.inject({
      method: "DELETE",
      url: `/ferry/v1/images/${id}`,
      headers: { "x-auth-token": world.tokens.member },
    });
    expect(own.statusCode).toBe(403);
    expect((await patch(id, [{ op: "replace", path: "/protected", value: false }])).statusCode).toBe(200);
    await world.sql.query("UPDATE servers SET image_id = $1, build = '{}' WHERE id = $2", [id, ids.old1]);
    expect((await ask("DELETE", `/${id}`)).statusCode).toBe(409);
    await world.sql.query("UPDATE servers SET image_id = NULL, build = NULL WHERE id = $1", [ids.old1]);
    expect((await ask("DELETE", `/${id}`)).statusCode).toBe(204);
  });

  it("changes that come at once are all kept", async () => {
    const id = await make();
    const changes = Array.from({ length: 8 }, (_, index) => patch(id, [{ op: "add", path: `/p${index}`, value: "x" }]));
    expect((await Promise.all(changes)).map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(200));
    expect(Object.keys((await ask("GET", `/${id}`)).json()).filter((key) => /^p\d$/.test(key))).toHaveLength(8);
  });

  it.each([
    [{ op: "replace", path: "/name", value: "" }],
    [{ op: "replace", path: "/visibility", value: "shared" }],
    [{ op: "replace", path: "/min_disk", value: -1 }],
    [{ op: "add", path: "/os_distro", value: 7 }],
    [{ op: "add", path: "/__proto__", value: "x" }],
    [{ op: "add", path: "/constructor/0", value: "x" }],
    [{ op: "add", path: "/a~1b", value: "x" }],
    [{ op: "move", path: "/os_distro", from: "/name" }],
    [{ op: "replace", path: "/os_distro", value: "none yet" }],
    [{ op: "remove", path: "/tags/7" }],
    [{ path: "/name" }],
  ])("refuses the change %j", async (operation) => {
    expect((await patch(await make(), [operation])).statusCode).toBe(400);
  });

  it("lists by filter, hides what is hidden, and pages in order", async () => {
    for (const name of ["n1", "n2", "n3"]) await make({ name, tags: ["series"], os_hidden: name === "n3", kind: name });
    expect(await names("tag=series&sort=name:asc")).toEqual(["n1", "n2"]);
    expect(await names("tag=series&os_hidden=true")).toEqual(["n3"]);
    expect(await names("name=in:n1,n2&sort=name:desc")).toEqual(["n2", "n1"]);
    expect(await names("kind=n2")).toEqual(["n2"]);
    expect(await names("visibility=shared")).toEqual([]);
    expect(await names("tag=series&container_format=ovf")).toEqual([]);
    expect(await names("tag=series&size_min=1")).toEqual([]);
    const first = (await ask("GET", "?tag=series&sort=name:asc&limit=1")).json<{ images: { name: string }[]; next: string }>();
    expect(first.images[0]?.name).toBe("n1");
    expect(await names(first.next.split("?")[1] ?? "")).toEqual(["n2"]);
    expect((await ask("GET", "?sort=size:asc")).statusCode).toBe(400);
  });
});
