import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeApi } from "./support/fake-api.ts";
import { makeWorld } from "./support/world.ts";

const imageId = "6a1f0c52-3f0b-4f0e-9a53-0c1d6f3b7b01";
const serverId = "8a1e2b3c-4d5e-4f60-8a7b-9c0d1e2f3a41";
const image = {
  id: imageId,
  name: "debian-12",
  status: "active",
  problem: null,
  visibility: "public",
  owner: "ops",
  disk_format: "qcow2",
  size: 3 * 1024 ** 3,
  virtual_size: 10 * 1024 ** 3,
  sha256: "9f".repeat(32),
  min_disk: 0,
  min_ram: 0,
  source: null,
  created_at: "2026-01-02T03:04:10.000Z",
  updated_at: "2026-01-02T03:04:10.000Z",
};
const flavor = { id: "2", name: "m1.small", ram: 2048, disk: 20, vcpus: 1, "os-flavor-access:is_public": true };

let api: FakeApi;
let directory: string;
beforeEach(async () => {
  api = new FakeApi();
  await api.listen();
  directory = await mkdtemp(join(tmpdir(), "ferry-cli-test-"));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
  await api.close();
});

describe("boot", () => {
  const accepted = { status: 202, headers: { "x-openstack-request-id": "req-1" }, body: { server: { id: serverId, adminPass: "secret" } } };

  beforeEach(() => {
    api.on("GET /ferry/v1/images", { body: { images: [image] } });
    api.on("GET /v2.1/flavors/detail", { body: { flavors: [flavor] } });
  });

  const least = { name: "web1", imageRef: imageId, flavorRef: "2", networks: "auto", config_drive: false, metadata: {} };

  test.each<[string[], object]>([
    [[], {}],
    [["--nic", "none"], { networks: "none" }],
    [["--nic", "br0", "--nic", "net-id=lab,v4-fixed-ip=10.0.0.5"], { networks: [{ uuid: "br0" }, { uuid: "lab", fixed_ip: "10.0.0.5" }] }],
    [["--config-drive", "--meta", "role=web=1", "--meta", "a=b"], { config_drive: true, metadata: { role: "web=1", a: "b" } }],
    [["--security-groups", "web,ssh"], { security_groups: [{ name: "web" }, { name: "ssh" }] }],
    [["--host", "compute2"], { availability_zone: "nova:compute2" }],
  ])("with %o asks for a server like that", async (options, more) => {
    api.on("POST /v2.1/servers", accepted);
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("boot", "--image", "debian-12", "--flavor", "m1.small", ...options, "web1")).toBe(0);
    expect(api.asked("POST /v2.1/servers")[0]?.body).toEqual({ server: { ...least, ...more } });
    expect(world.out.text).toMatch(new RegExp(`id +${serverId}[\\s\\S]*status +BUILD[\\s\\S]*adminPass +secret`));
  });

  test("sends the file with user data as base64", async () => {
    api.on("POST /v2.1/servers", accepted);
    const file = join(directory, "cloud.cfg");
    await writeFile(file, "#cloud-config\n");
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("boot", "--image", imageId, "--flavor", "2", "--user-data", file, "--json", "web1")).toBe(0);
    expect(api.asked("POST /v2.1/servers")[0]?.body).toMatchObject({ server: { user_data: "I2Nsb3VkLWNvbmZpZwo=" } });
    expect(JSON.parse(world.out.text)).toEqual({ server: { id: serverId, name: "web1", status: "BUILD", adminPass: "secret" } });
  });

  test("says which image or flavor there is not", async () => {
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("boot", "--image", "nothing", "--flavor", "m1.small", "web1")).not.toBe(0);
    expect(world.err.text).toContain('Cannot find image "nothing"');
  });
});

test.each([
  [["boot", "--flavor", "2", "web1"]],
  [["boot", "--image", "i", "--flavor", "2", "--nic", "v4-fixed-ip=10.0.0.5", "web1"]],
  [["boot", "--image", "i", "--flavor", "2", "--meta", "role", "web1"]],
  [["image-create", "--file", "x", "debian"]],
  [["image-create", "--disk-format", "vmdk", "--file", "x", "debian"]],
  [["image-create", "--disk-format", "raw", "debian"]],
  [["image-create", "--disk-format", "raw", "--file", "x", "--host", "compute1", "debian"]],
  [["flavor-create", "small", "auto", "2G", "1", "1"]],
])("%o is not understood, and asks nothing", async (args) => {
  const world = makeWorld({ url: api.url });
  expect(await world.ferry(...args)).toBe(64);
});

describe("images", () => {
  const all = "/ferry/v1/images";

  test("are listed with their sizes", async () => {
    api.on(`GET ${all}`, { body: { images: [image] } });
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("image-list")).toBe(0);
    expect(world.out.text).toMatch(/debian-12 +active +qcow2 +3 GiB +10 GiB +public/);
  });

  test("are uploaded as they are", async () => {
    api.on(`POST ${all}`, { status: 201, body: { image: { ...image, status: "queued" } } });
    api.on(`PUT ${all}/${imageId}/file`, { status: 204 });
    api.on(`GET ${all}/${imageId}`, { body: { image } });
    const file = join(directory, "disk.raw");
    await writeFile(file, "the content of a disk");
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("image-create", "--disk-format", "raw", "--file", file, "debian-12")).toBe(0);
    expect(api.asked(`PUT ${all}/${imageId}/file`)[0]?.body).toBe("the content of a disk");
    expect(world.out.text).toContain("9f9f9f");
  });

  test("whose content is refused fail with the reason", async () => {
    api.on(`POST ${all}`, { status: 201, body: { image: { ...image, status: "queued" } } });
    const message = "Cannot use image debian-12: it is encrypted.";
    api.on(`PUT ${all}/${imageId}/file`, { status: 400, body: { badRequest: { code: 400, message } } });
    const file = join(directory, "disk.qcow2");
    await writeFile(file, "no disk");
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("image-create", "--disk-format", "qcow2", "--file", file, "debian-12")).not.toBe(0);
    expect(world.err.text).toContain(message);
  });

  test("that are files of a host are waited for until ferry has read them", async () => {
    api.on(`POST ${all}`, { status: 201, body: { image: { ...image, status: "importing" } } });
    const answers = [{ ...image, status: "importing" }, image];
    api.on(`GET ${all}/${imageId}`, () => ({ body: { image: answers.shift() } }));
    const world = makeWorld({ url: api.url });
    const words = ["--disk-format", "qcow2", "--host", "compute1", "--volume", "debian.qcow2", "--public", "--min-disk", "2"];
    expect(await world.ferry("image-create", ...words, "debian-12")).toBe(0);
    expect(api.asked(`POST ${all}`)[0]?.body).toEqual({
      name: "debian-12",
      disk_format: "qcow2",
      min_disk: 2,
      min_ram: 0,
      visibility: "public",
      source: { host: "compute1", pool: "default", volume: "debian.qcow2" },
    });
  });

  test("that were refused fail with the reason", async () => {
    api.on(`POST ${all}`, { status: 201, body: { image: { ...image, status: "importing" } } });
    const problem = "Cannot use image debian-12: its header names a backing file.";
    api.on(`GET ${all}/${imageId}`, { body: { image: { ...image, status: "killed", problem } } });
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("image-create", "--disk-format", "qcow2", "--host", "c", "--volume", "v", "debian-12")).not.toBe(0);
    expect(world.err.text).toContain(problem);
  });

  test("of a file that is not there ask for nothing", async () => {
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("image-create", "--disk-format", "raw", "--file", join(directory, "none"), "debian")).not.toBe(0);
    expect(world.err.text).toContain("Cannot read the file");
  });

  test("are deleted by name", async () => {
    api.on(`GET ${all}`, { body: { images: [image] } });
    api.on(`DELETE ${all}/${imageId}`, { status: 204 });
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("image-delete", "debian-12")).toBe(0);
  });
});

describe("flavors", () => {
  test("are listed, made and deleted in novaclient's words", async () => {
    api.on("GET /v2.1/flavors/detail", { body: { flavors: [flavor] } });
    api.on("POST /v2.1/flavors", { body: { flavor } });
    api.on("DELETE /v2.1/flavors/2", { status: 202 });
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("flavor-list")).toBe(0);
    expect(world.out.text).toMatch(/2 +m1\.small +2048 +20 +1 +yes/);
    expect(await world.ferry("flavor-create", "m1.small", "2", "2048", "20", "1", "--private")).toBe(0);
    expect(api.asked("POST /v2.1/flavors")[0]?.body).toEqual({
      flavor: { name: "m1.small", id: "2", ram: 2048, disk: 20, vcpus: 1, "os-flavor-access:is_public": false },
    });
    expect(await world.ferry("flavor-delete", "m1.small")).toBe(0);
  });
});
