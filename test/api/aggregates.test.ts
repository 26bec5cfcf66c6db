import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runExamples } from "./support/examples.ts";
import { ids, now } from "./support/ids.ts";
import { openWorld, type World } from "./support/world.ts";

runExamples("aggregates", [
  "listAggregates",
  "createAggregate",
  "showAggregate",
  "updateAggregate",
  "deleteAggregate",
  "aggregateAction",
  "listZones",
  "listZonesDetail",
]);

describe("zones", () => {
  let world: World;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now });
    world = await openWorld({ worker: false });
  });
  afterAll(async () => {
    await world.close();
    vi.useRealTimers();
  });

  async function ask(method: "GET" | "POST" | "PUT", url: string, payload?: object) {
    const headers = { "x-auth-token": world.tokens.admin };
    return await world.app.inject({ method, url: `/v2.1${url}`, headers, ...(payload === undefined ? {} : { payload }) });
  }
  const add = (aggregate: number, host: string) => ask("POST", `/os-aggregates/${aggregate}/action`, { add_host: { host } });
  const zoneOf = async (server: string): Promise<unknown> =>
    (await ask("GET", `/servers/${server}`)).json().server["OS-EXT-AZ:availability_zone"];

  it("a host is in one zone: of two aggregates that want it at once one gets it", async () => {
    for (const zone of ["north", "south"]) {
      expect((await ask("POST", "/os-aggregates", { aggregate: { name: zone, availability_zone: zone } })).statusCode).toBe(200);
    }
    const answers = await Promise.all([add(4, "compute2"), add(5, "compute2")]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409]);
    const [got, refused] = answers[0]?.statusCode === 200 ? [4, 5] : [5, 4];
    const zone = got === 4 ? "north" : "south";
    expect(await zoneOf(ids.db1)).toBe(zone);
    expect(await zoneOf(ids.web1)).toBe("nova");
    const inZone = (await ask("GET", `/servers?all_tenants=1&availability_zone=${zone}`)).json().servers as { id: string }[];
    expect(inZone.map(({ id }) => id)).toContain(ids.db1);
    expect(inZone.map(({ id }) => id)).not.toContain(ids.web1);
    const services = (await ask("GET", "/os-services?host=compute2")).json().services;
    expect(services).toEqual([expect.objectContaining({ host: "compute2", zone })]);
    expect((await ask("PUT", `/os-aggregates/${refused}`, { aggregate: { availability_zone: null } })).statusCode).toBe(200);
    expect((await add(refused, "compute2")).statusCode).toBe(200);
    expect((await ask("PUT", `/os-aggregates/${refused}`, { aggregate: { availability_zone: "west" } })).statusCode).toBe(409);
    const metadata = { availability_zone: "west" };
    expect((await ask("POST", `/os-aggregates/${refused}/action`, { set_metadata: { metadata } })).statusCode).toBe(409);
    expect(await zoneOf(ids.db1)).toBe(zone);
  });
});
