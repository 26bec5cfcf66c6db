import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeApi } from "./support/fake-api.ts";
import { hostUuid } from "./support/samples.ts";
import { makeWorld } from "./support/world.ts";

const all = "/ferry/v1/pools";
const sizes = { capacity_bytes: 4 * 1024 ** 3, available_bytes: 1024 ** 3 };
const pool = { host_id: hostUuid, host: "compute1", name: "fast", kind: "dir", active: true, path: "/srv/fast", ...sizes };
const secret = "5b6d5f3e-7c1c-4f7a-9a5b-0c1d2e3f4a5b";

let api: FakeApi;
beforeEach(async () => {
  api = new FakeApi();
  await api.listen();
});
afterEach(() => api.close());

test("list shows the pools of a host with kind, state and room", async () => {
  api.on(`GET ${all}`, { body: { pools: [pool, { ...pool, name: "nas", kind: "netfs", active: false }] } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("pool", "list", "--host", "compute1")).toBe(0);
  expect(api.asked(`GET ${all}`)[0]?.path).toBe(`${all}?host=compute1`);
  expect(world.out.text).toMatch(/compute1 +fast +dir +active +4 GiB +1 GiB +\/srv\/fast/);
  expect(world.out.text).toMatch(/compute1 +nas +netfs +stopped +- +-/);
});

test.each([
  [["--dir", "/srv/fast"], { kind: "dir", path: "/srv/fast" }],
  [["--nfs", "nas:/vms", "--path", "/srv/nas"], { kind: "netfs", path: "/srv/nas", server: "nas", export: "/vms" }],
  [["--volume-group", "vg0"], { kind: "logical", volume_group: "vg0" }],
  [
    ["--iscsi", "san:3261/iqn.a:b", "--initiator", "iqn.a:c"],
    { kind: "iscsi-direct", server: "san", port: 3261, target: "iqn.a:b", initiator: "iqn.a:c" },
  ],
  [
    ["--rbd", "vms", "--monitor", "mon1", "--monitor", "mon2:6789", "--login", `libvirt:${secret}`],
    { kind: "rbd", rbd_pool: "vms", monitors: [{ name: "mon1" }, { name: "mon2", port: 6789 }], login: { user: "libvirt", secret } },
  ],
])("define %o asks for that source", async (args, source) => {
  api.on(`POST ${all}`, { status: 201, body: { pool } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("pool", "define", "compute1", "fast", ...args)).toBe(0);
  expect(api.asked(`POST ${all}`)[0]?.body).toEqual({ host: "compute1", name: "fast", source });
});

test.each([
  [[]],
  [["--nfs", "nas:/vms"]],
  [["--nfs", "nas", "--path", "/srv"]],
  [["--iscsi", "san", "--initiator", "iqn.a:c"]],
  [["--rbd", "vms"]],
  [["--dir", "/srv", "--rbd", "vms"]],
  [["--rbd", "vms", "--monitor", "m", "--login", "libvirt"]],
])("define %o is not understood, and asks nothing", async (args) => {
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("pool", "define", "compute1", "fast", ...args)).toBe(64);
});

test("start, stop and delete name the pool by its host", async () => {
  const path = `${all}/compute1/fast`;
  api.on(`PATCH ${path}`, { body: { pool } });
  api.on(`DELETE ${path}`, { status: 204 });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("pool", "start", "compute1", "fast")).toBe(0);
  expect(await world.ferry("pool", "stop", "compute1", "fast")).toBe(0);
  expect(await world.ferry("pool", "delete", "compute1", "fast")).toBe(0);
  expect(api.asked(`PATCH ${path}`).map(({ body }) => body)).toEqual([{ active: true }, { active: false }]);
  expect(world.out.text).toContain("Removed pool fast from compute1. What it holds was not touched.");
});

test("a pool's name that would lead elsewhere is refused before anything is asked", async () => {
  expect(await makeWorld({ url: api.url }).ferry("pool", "delete", "compute1", "a/b")).toBe(64);
});
