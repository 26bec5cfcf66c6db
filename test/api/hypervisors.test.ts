import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runExamples } from "./support/examples.ts";
import { ids, now } from "./support/ids.ts";
import { openWorld, type World } from "./support/world.ts";

runExamples("hypervisors", [
  "listHypervisors",
  "listHypervisorsDetail",
  "showHypervisor",
  "showHypervisorStatistics",
  "showHypervisorUptime",
  "searchHypervisors",
  "listHypervisorServers",
]);

describe("what is told of hosts", () => {
  let world: World;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now });
    world = await openWorld({ worker: false });
  });
  afterAll(async () => {
    await world.close();
    vi.useRealTimers();
  });

  async function get(path: string, microversion = "2.1") {
    const headers = { "x-auth-token": world.tokens.admin, "openstack-api-version": `compute ${microversion}` };
    return await world.app.inject({ method: "GET", url: `/v2.1/os-hypervisors${path}`, headers });
  }

  it("memory and processors used are those of servers that run and of claims, and a claim for a server that is there already counts once", async () => {
    const used = async () => {
      const { vcpus_used, memory_mb_used } = (await get("/2")).json().hypervisor;
      return { vcpus_used, memory_mb_used };
    };
    const before = await used();
    const claim = "INSERT INTO claims (migration_id, host_id, memory_mib, vcpus, disk_bytes) VALUES ($1, $2, 2048, 2, 0)";
    await world.sql.query(claim, [ids.runningMigration, ids.compute2]);
    const claimed = await used();
    expect(claimed).toEqual({ vcpus_used: before.vcpus_used + 2, memory_mb_used: before.memory_mb_used + 2048 });
    await world.sql.query("UPDATE servers SET host_id = $2 WHERE id = $1", [ids.web1, ids.compute2]);
    expect(await used()).toEqual(claimed);
  });

  it("the uptime of a host that is down is not told", async () => {
    await world.sql.query("UPDATE hosts SET state = 'down' WHERE id = $1", [ids.compute1]);
    expect((await get("/1/uptime")).statusCode).toBe(400);
    expect((await get(`/${ids.compute1}`, "2.88")).json().hypervisor.uptime).toBeNull();
  });
});
