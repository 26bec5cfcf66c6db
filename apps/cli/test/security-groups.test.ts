import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeApi } from "./support/fake-api.ts";
import { makeWorld } from "./support/world.ts";

const web = "c1a5e0de-0b0c-4d7e-8f10-6a2b3c4d5e02";
const db = "c1a5e0de-0b0c-4d7e-8f10-6a2b3c4d5e03";
const rule = {
  id: "d2b6f1ef-1c1d-4e8f-9021-7b3c4d5e6f02",
  parent_group_id: web,
  ip_protocol: "tcp",
  from_port: 80,
  to_port: 80,
  group: {},
  ip_range: { cidr: "0.0.0.0/0" },
};
const groups = [
  { id: web, name: "web", description: "", tenant_id: "t", rules: [rule] },
  { id: db, name: "db", description: "", tenant_id: "t", rules: [] },
];

let api: FakeApi;
beforeEach(async () => {
  api = new FakeApi();
  await api.listen();
  api.on("GET /v2.1/os-security-groups", { body: { security_groups: groups } });
});
afterEach(() => api.close());

describe("a rule", () => {
  test("is added with the words of Nova's client, at a microversion that has them", async () => {
    api.on("POST /v2.1/os-security-group-rules", { body: { security_group_rule: rule } });
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("secgroup-add-rule", "web", "icmp", "-1", "-1", "10.0.0.0/8")).toBe(0);
    const [asked] = api.asked("POST /v2.1/os-security-group-rules");
    expect(asked?.headers["openstack-api-version"]).toBe("compute 2.35");
    const sent = { parent_group_id: web, ip_protocol: "icmp", from_port: "-1", to_port: "-1", cidr: "10.0.0.0/8" };
    expect(asked?.body).toEqual({ security_group_rule: sent });
  });

  test("for the members of a group names both by name", async () => {
    const answer = { ...rule, parent_group_id: db, group: { name: "web", tenant_id: "t" }, ip_range: {} };
    api.on("POST /v2.1/os-security-group-rules", { body: { security_group_rule: answer } });
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("secgroup-add-group-rule", "db", "web")).toBe(0);
    expect(api.asked("POST /v2.1/os-security-group-rules")[0]?.body).toMatchObject({
      security_group_rule: { parent_group_id: db, group_id: web },
    });
    expect(world.out.text).toContain("group web");
  });

  test("is deleted by what it lets in", async () => {
    api.on(`DELETE /v2.1/os-security-group-rules/${rule.id}`, { status: 202 });
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("secgroup-delete-rule", "web", "TCP", "80", "80", "0.0.0.0/0")).toBe(0);
  });

  test("that is not there is told with where to look", async () => {
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("secgroup-delete-rule", "web", "tcp", "81", "81", "0.0.0.0/0")).toBe(1);
    expect(world.err.text).toContain("Security group web has no rule tcp 81 81 0.0.0.0/0.");
    expect(world.err.text).toContain("ferry secgroup-show web");
  });
});

test("a group that is not there is told with where to look", async () => {
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("secgroup-show", "mail")).toBe(1);
  expect(world.err.text).toContain("SECURITY_GROUP_NOT_FOUND");
  expect(world.err.text).toContain("ferry secgroup-list");
});
