import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { ids, now } from "./support/ids.ts";
import { authority, openWorld, type World } from "./support/world.ts";

let world: World;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now });
  world = await openWorld();
});
afterAll(async () => {
  await world.close();
  vi.useRealTimers();
});

async function ask(method: "GET" | "POST" | "DELETE", url: string, payload?: object) {
  const headers = { host: authority, "x-auth-token": world.tokens.admin, "openstack-api-version": "compute 2.36" };
  const response = await world.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  return { status: response.statusCode, code: response.headers["x-ferry-error-code"], body: response.body === "" ? null : response.json() };
}

const creation = (more: object) => ({ server: { name: "new", imageRef: ids.debianImage, flavorRef: "2", networks: [], ...more } });

it("servers for which there is no host are accepted, and are in error, all of them", async () => {
  await world.sql.query("UPDATE hosts SET state = 'down'");
  const { status, body } = await ask("POST", "/v2.1/servers", creation({ min_count: 2, return_reservation_id: true }));
  expect(status).toBe(202);
  const listed = await ask("GET", `/v2.1/servers/detail?name=new`);
  expect(body.reservation_id).toMatch(/^r-[0-9a-f]{8}$/);
  const rows = (
    await world.sql.query("SELECT name, reservation_id, launch_index FROM servers WHERE name LIKE 'new%' ORDER BY launch_index")
  ).rows;
  expect(rows).toEqual([0, 1].map((index) => ({ name: `new-${index + 1}`, reservation_id: body.reservation_id, launch_index: index })));
  for (const server of listed.body.servers)
    expect(server).toMatchObject({
      status: "ERROR",
      hostId: "",
      host_status: "",
      "OS-EXT-SRV-ATTR:host": null,
      fault: { message: "No valid host was found. There are not enough hosts available." },
    });
});

it("a server for which there is no host can be deleted and nothing else", async () => {
  const { body } = await ask("POST", "/v2.1/servers", creation({ name: "lost" }));
  const path = `/v2.1/servers/${body.server.id}`;
  const { body: actions } = await ask("GET", `${path}/os-instance-actions`);
  expect(actions.instanceActions).toMatchObject([{ action: "create", message: "Error" }]);
  for (const action of [{ reboot: { type: "HARD" } }, { "os-stop": null }, { evacuate: {} }, { "os-resetState": { state: "active" } }])
    expect(await ask("POST", `${path}/action`, action), JSON.stringify(action)).toMatchObject({ status: 409, code: "SERVER_NOT_PLACED" });
  expect(await ask("DELETE", path)).toMatchObject({ status: 204 });
  expect(await ask("GET", path)).toMatchObject({ status: 404 });
  expect(await ask("DELETE", path)).toMatchObject({ status: 404 });
});

it("what is named must be a server's of a group with room, and a host that it allows", async () => {
  await world.sql.query("UPDATE hosts SET state = 'up'");
  const group = async (server: object) =>
    ask("POST", "/v2.1/servers", { ...creation(server), "os:scheduler_hints": { group: ids.pairsGroup } });
  // compute1 has held1 already, two may be on a host.
  expect(await group({ availability_zone: "nova:compute1" })).toMatchObject({ status: 202 });
  const refused = await group({ name: "third", availability_zone: "nova:compute1" });
  const { body } = await ask("GET", `/v2.1/servers/${refused.body.server.id}`);
  expect(body.server).toMatchObject({ status: "ERROR" });
  const members = (await ask("GET", `/v2.1/os-server-groups/${ids.pairsGroup}`)).body.server_group.members;
  expect(members).toContain(refused.body.server.id);
  const many = await group({ max_count: 20 });
  expect(many).toMatchObject({ status: 403, code: "QUOTA_USED_UP" });
});
