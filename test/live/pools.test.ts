import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { execOn, virsh } from "../lab/index.ts";
import { World } from "./support/world.ts";

const POOL = { host: "compute1", name: "tank", source: { kind: "dir", path: "/srv/tank" } };
const PATH = "/ferry/v1/pools/compute1/tank";

describe("storage pools of the hosts", () => {
  let world: World;

  beforeAll(async () => {
    world = await World.open();
    await world.startGuest({ name: "pools", host: "compute1" });
  });

  afterAll(() => World.close(world));

  test("a directory becomes a pool that runs, and nothing changes when it is asked for again", async () => {
    for (let time = 0; time < 2; time++) {
      const { pool } = (await world.stack.api.ok("POST", "/ferry/v1/pools", POOL)).body as { pool: Record<string, unknown> };
      expect(pool).toMatchObject({ host: "compute1", name: "tank", kind: "dir", active: true, path: "/srv/tank" });
      expect(pool["capacity_bytes"]).toBeGreaterThan(0);
    }
    expect(await virshPools()).toMatch(/tank +active +yes/);
  });

  test("it is stopped and started", async () => {
    expect((await world.stack.api.ok("PATCH", PATH, { active: false })).body).toMatchObject({ pool: { active: false } });
    expect(await virshPools()).toMatch(/tank +inactive/);
    expect((await world.stack.api.ok("PATCH", PATH, { active: true })).body).toMatchObject({ pool: { active: true } });
  });

  test("another pool of that name is refused with 409, and so is a kind for which libvirt lacks the backend", async () => {
    expect(await refusal("POST", "/ferry/v1/pools", { ...POOL, source: { kind: "dir", path: "/srv/other" } })).toContain(
      "another pool has",
    );
    const source = { kind: "rbd", monitors: [{ name: "198.18.0.1" }], rbd_pool: "vms" };
    expect(await refusal("POST", "/ferry/v1/pools", { host: "compute1", name: "ceph", source })).toContain(
      "no backend for pools of kind rbd",
    );
  });

  test("what libvirt refuses is 409 with its reason, and leaves no definition", async () => {
    const source = { kind: "logical", volume_group: "no-such-group" };
    expect(await refusal("POST", "/ferry/v1/pools", { host: "compute1", name: "lvm", source })).toContain("libvirt answered");
    expect(await virshPools()).not.toContain("lvm");
  });

  test("a pool in which a guest has a disk is not stopped", async () => {
    expect(await refusal("DELETE", "/ferry/v1/pools/compute1/default")).toContain("a disk of guest pools");
    expect(await virshPools()).toMatch(/default +active/);
  });

  test("deleted, it leaves its directory and nothing else", async () => {
    await world.stack.api.ok("DELETE", PATH);
    expect((await world.stack.api.request("GET", PATH)).status).toBe(404);
    await execOn(world.host("compute1"), ["test", "-d", "/srv/tank"]);
    await world.expectTidyHosts(10_000);
  });

  const virshPools = (): Promise<string> => virsh(world.host("compute1"), ["pool-list", "--all"]);

  async function refusal(method: "POST" | "DELETE", path: string, body?: object): Promise<string> {
    const answer = await world.stack.api.request(method, path, body);
    expect(answer.status).toBe(409);
    return JSON.stringify(answer.body);
  }
});
