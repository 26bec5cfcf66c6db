import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runExamples } from "./support/examples.ts";
import { ids, now, type UserName } from "./support/ids.ts";
import { openWorld, type World } from "./support/world.ts";

runExamples("quotas", [
  "showLimits",
  "showQuotaSet",
  "showDefaultQuotas",
  "showQuotaDetails",
  "updateQuotaSet",
  "deleteQuotaSet",
  "showQuotaClass",
  "updateQuotaClass",
]);

describe("quotas are kept", () => {
  let world: World;
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ["Date"], now });
    world = await openWorld({ worker: false });
  });
  afterAll(async () => {
    await world.close();
    vi.useRealTimers();
  });

  async function ask(method: "GET" | "POST" | "PUT" | "DELETE", url: string, payload?: object, as: UserName = "admin") {
    const headers = { "x-auth-token": world.tokens[as], "openstack-api-version": "compute 2.57" };
    return await world.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  }
  const ops = `/v2.1/os-quota-sets/${ids.opsProject}`;
  const make = (name: string) =>
    ask("POST", "/v2.1/servers", { server: { name, imageRef: ids.debianImage, flavorRef: "2", networks: "none" } }, "member");

  it("of ten requests at once as many are accepted as the project may have, and the others are told why", async () => {
    expect((await ask("PUT", ops, { quota_set: { instances: 8 } })).statusCode).toBe(200);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => make(`new-${index}`)));
    const refused = answers.filter(({ statusCode }) => statusCode === 403);
    expect(answers.filter(({ statusCode }) => statusCode === 202)).toHaveLength(3);
    expect(refused).toHaveLength(7);
    for (const answer of refused) {
      expect(answer.json().forbidden.message).toBe("Quota exceeded for instances: Requested 1, but already used 8 of 8 instances");
    }
    const { absolute } = (await ask("GET", "/v2.1/limits", undefined, "member")).json().limits;
    expect(absolute).toMatchObject({ maxTotalInstances: 8, totalInstancesUsed: 8 });
  });

  it("a project without quotas of its own has those of the class, and has them again when its own are deleted", async () => {
    expect((await ask("PUT", "/v2.1/os-quota-class-sets/default", { quota_class_set: { ram: 1024 } })).statusCode).toBe(200);
    expect((await ask("PUT", ops, { quota_set: { instances: -1, ram: 1024, force: true } })).statusCode).toBe(200);
    expect((await make("refused")).json().forbidden.message).toContain("Quota exceeded for ram: Requested 2048");
    expect((await ask("PUT", ops, { quota_set: { ram: -1 } })).statusCode).toBe(200);
    expect((await make("accepted")).statusCode).toBe(202);
    expect((await ask("DELETE", ops)).statusCode).toBe(202);
    expect((await ask("GET", ops)).json().quota_set).toMatchObject({ instances: -1, ram: 1024 });
    expect((await make("refused again")).statusCode).toBe(403);
  });
});
