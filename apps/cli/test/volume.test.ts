import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeApi } from "./support/fake-api.ts";
import { server } from "./support/samples.ts";
import { makeWorld } from "./support/world.ts";

const all = "/ferry/v1/volumes";
const id = "d15c0000-0000-4000-8000-000000000001";
const volume = {
  id,
  name: "data",
  status: "available",
  problem: null,
  size: 20,
  format: "raw",
  bootable: "false",
  multiattach: false,
  project_id: "ops",
  host: "compute1",
  pool: "default",
  volume_name: `volume-${id}`,
  path: `/srv/volume-${id}`,
  attachments: [],
  created_at: "2026-01-02T03:04:05.000Z",
  updated_at: "2026-01-02T03:04:05.000Z",
};
const guest = server();
const attachments = `/v2.1/servers/${guest.id}/os-volume_attachments`;

let api: FakeApi;
beforeEach(async () => {
  api = new FakeApi();
  await api.listen();
});
afterEach(() => api.close());

const run = async (...args: string[]) => {
  const world = makeWorld({ url: api.url });
  return { code: await world.ferry(...args), out: world.out.text, err: world.err.text };
};

function knowBoth(): void {
  api.on(`GET ${all}`, { body: { volumes: [volume] } });
  api.on(`GET /v2.1/servers/${guest.id}`, { body: { server: guest } });
}

test("create asks for the size in that pool, and shows the volume", async () => {
  api.on(`POST ${all}`, { status: 201, body: { volume } });
  const { code, out } = await run("volume", "create", "compute1", "default", "20", "--name", "data");
  expect(code).toBe(0);
  expect(api.asked(`POST ${all}`)[0]?.body).toEqual({ host: "compute1", pool: "default", size: 20, format: "raw", name: "data" });
  expect(out).toMatch(/status +available/);
});

test("adopt says what the file is, and whose it is to be", async () => {
  api.on(`POST ${all}/adopt`, { status: 201, body: { volume } });
  const { code } = await run("volume", "adopt", "compute1", "default", "a.qcow2", "--format", "qcow2", "--project", "ops");
  expect(code).toBe(0);
  const body = { host: "compute1", pool: "default", volume_name: "a.qcow2", format: "qcow2", project_id: "ops" };
  expect(api.asked(`POST ${all}/adopt`)[0]?.body).toEqual(body);
});

test.each([
  ["volume", "create", "compute1", "default", "0"],
  ["volume", "create", "compute1", "default", "1", "--format", "vmdk"],
  ["volume", "adopt", "compute1", "default", "a.qcow2"],
])("%s %s %s %s %s is not understood, and asks nothing", async (...args) => {
  expect((await run(...args)).code).toBe(64);
});

test("list shows each volume and what it is attached to", async () => {
  const attached = [{ attachment_id: id, server_id: guest.id, volume_id: id, device: "/dev/vdb" }];
  api.on(`GET ${all}`, { body: { volumes: [{ ...volume, status: "in-use", attachments: attached }] } });
  expect((await run("volume", "list")).out).toMatch(new RegExp(`data +in-use +20 GiB +raw +compute1 +default +${guest.id} /dev/vdb`));
});

test("a volume is found by its name, shown and deleted; two of a name are not", async () => {
  api.on(`GET ${all}`, { body: { volumes: [volume] } });
  api.on(`DELETE ${all}/${id}`, { status: 204 });
  expect((await run("volume", "show", "data")).out).toContain(volume.path);
  expect((await run("volume", "delete", "data")).out).toContain("Deleted volume data and its content.");
  expect((await run("volume", "show", "nosuch")).err).toContain("no volume has that name or id");
  api.on(`GET ${all}`, { body: { volumes: [volume, { ...volume, id: id.replace("1", "2") }] } });
  expect((await run("volume", "delete", "data")).err).toContain("2 volumes have that name");
});

test("volume-attach names the device that the guest has it as", async () => {
  knowBoth();
  const made = { id, volumeId: id, serverId: guest.id, device: "/dev/vdb", tag: null, delete_on_termination: true };
  api.on(`POST ${attachments}`, { body: { volumeAttachment: made } });
  const { code, out } = await run("volume-attach", guest.id, "data", "--delete-on-termination");
  expect(code).toBe(0);
  expect(api.asked(`POST ${attachments}`)[0]?.body).toEqual({ volumeAttachment: { volumeId: id, delete_on_termination: true } });
  expect(out).toContain(`Volume data is being attached to ${guest.name} as /dev/vdb.`);
});

test("volume-detach and volume-attachments ask for the server's", async () => {
  knowBoth();
  const attachment = { volumeId: id, serverId: guest.id, device: "/dev/vdb", tag: "log", delete_on_termination: false };
  api.on(`GET ${attachments}`, { body: { volumeAttachments: [attachment] } });
  api.on(`DELETE ${attachments}/${id}`, { status: 202 });
  expect((await run("volume-attachments", guest.id)).out).toMatch(new RegExp(`${id} +/dev/vdb +log +no`));
  expect((await run("volume-detach", guest.id, "data")).out).toContain(`being detached from ${guest.name}`);
});
