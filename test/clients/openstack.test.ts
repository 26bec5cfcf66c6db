import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guestImage } from "../lab/guest-image.ts";
import { hostNamed } from "../lab/index.ts";
import { restoreLink, setLinkRate } from "../lab/links.ts";
import { run } from "../lab/run.ts";
import { Client } from "./support/client.ts";
import { ClientWorld } from "./support/world.ts";

type Row = Readonly<Record<string, unknown>>;

/** The commands of an operator's day, in the order in which he needs them: each test stands on those before it. */
describe("openstack, the client", () => {
  let world: ClientWorld;
  let admin: Client;
  let member: Client;
  let files: string;

  beforeAll(async () => {
    world = await ClientWorld.open();
    files = join(world.stack.directory, "client");
    await mkdir(files);
    admin = new Client("openstack", world.stack.url, world.admin);
    member = new Client("openstack", world.stack.url, await world.addMember("tenant"));
  });

  afterAll(async () => {
    console.log(`openstack: ${(admin?.count ?? 0) + (member?.count ?? 0)} commands`);
    await rm(files, { recursive: true, force: true });
    await ClientWorld.close(world);
  });

  const show = (name: string): Promise<Row> => admin.json<Row>("server", "show", name);
  const at = (version: string, ...args: string[]): string[] => ["--os-compute-api-version", version, ...args];
  const hostOf = async (name: string): Promise<unknown> => (await show(name))["OS-EXT-SRV-ATTR:host"];
  const named = (rows: readonly Row[]): unknown[] => rows.map((row) => row["Name"]);

  /** Commands without `--wait` return while the server is on its way. */
  async function untilStatus(name: string, status: string): Promise<void> {
    await world.stack.api.until(
      `${name} is ${status}`,
      async () => {
        const server = await show(name);
        return server["status"] === status && server["OS-EXT-STS:task_state"] === null ? true : null;
      },
      150_000,
    );
  }

  test("logs in, and finds what is served", async () => {
    expect(await admin.json("token", "issue")).toMatchObject({ id: expect.stringMatching(/\S{20,}/), project_id: expect.any(String) });
    const catalog = await admin.json<Row[]>("catalog", "list");
    expect(catalog.map((service) => service["Type"]).sort()).toEqual(["compute", "identity", "image"]);
    const versions = await admin.json<Row[]>("versions", "show", "--service", "compute");
    expect(versions.at(-1)).toMatchObject({ Status: "CURRENT", "Min Microversion": "2.1", "Max Microversion": "2.96" });
  });

  test("sees the hosts", async () => {
    const services = await admin.json<Row[]>("compute", "service", "list", "--service", "nova-compute");
    expect(services.map(({ Host, Status, State }) => ({ Host, Status, State }))).toEqual([
      { Host: "compute1", Status: "enabled", State: "up" },
      { Host: "compute2", Status: "enabled", State: "up" },
    ]);
    const hypervisors = await admin.json<Row[]>("hypervisor", "list");
    expect(hypervisors.map((one) => one["Hypervisor Hostname"])).toEqual(["compute1", "compute2"]);
    const zones = await admin.json<Row[]>("availability", "zone", "list", "--compute");
    expect(zones).toContainEqual({ "Zone Name": "nova", "Zone Status": "available" });
    expect(await member.refusal("hypervisor", "list")).toContain("403");
  });

  test("takes a host out of service, and puts it back", async () => {
    await admin.text("compute", "service", "set", "--disable", "--disable-reason", "new fans", "compute2", "nova-compute");
    const [disabled] = await admin.json<Row[]>("compute", "service", "list", "--long", "--host", "compute2");
    expect(disabled).toMatchObject({ Status: "disabled", "Disabled Reason": "new fans" });
    await admin.text("compute", "service", "set", "--enable", "compute2", "nova-compute");
  });

  test("uploads an image", async () => {
    const { disk } = await guestImage(world.lab.config);
    const image = await admin.json("image", "create", "--disk-format", "qcow2", "--public", "--file", disk, "witness");
    expect(image).toMatchObject({ name: "witness", visibility: "public" });
    expect(named(await member.json<Row[]>("image", "list"))).toEqual(["witness"]);
    await admin.text("image", "set", "--property", "os_distro=none", "witness");
    expect(await admin.json("image", "show", "witness")).toMatchObject({ status: "active", properties: { os_distro: "none" } });
    const copy = join(files, "copy.qcow2");
    await admin.text("image", "save", "--file", copy, "witness");
    expect(await run(["cmp", copy, disk])).toBe("");
  });

  test("makes flavors", async () => {
    const size = ["--vcpus", "1", "--disk", "1"];
    expect(await admin.json("flavor", "create", "--ram", "160", ...size, "small")).toMatchObject({ ram: 160 });
    await admin.text("flavor", "create", "--ram", "192", ...size, "large");
    await admin.text("flavor", "set", "--property", "hw:cpu_policy=shared", "small");
    expect(await admin.json("flavor", "show", "small")).toMatchObject({ properties: { "hw:cpu_policy": "shared" } });
    expect(named(await member.json<Row[]>("flavor", "list"))).toEqual(expect.arrayContaining(["small", "large"]));
  });

  test("makes a key pair, a security group and a server group", async () => {
    const key = join(files, "key");
    await run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", key]);
    await admin.text("keypair", "create", "--public-key", `${key}.pub`, "mine");
    expect(named(await admin.json<Row[]>("keypair", "list"))).toEqual(["mine"]);
    await admin.text("security", "group", "create", "web");
    const rule = await admin.json("security", "group", "rule", "create", "--protocol", "tcp", "--dst-port", "80", "web");
    expect(rule).toMatchObject({ ip_protocol: "tcp", port_range: "80:80" });
    expect(named(await admin.json<Row[]>("security", "group", "list"))).toEqual(expect.arrayContaining(["default", "web"]));
    await admin.text("server", "group", "create", "--policy", "anti-affinity", "apart");
    expect(named(await admin.json<Row[]>("server", "group", "list"))).toEqual(["apart"]);
  });

  test("makes a server, and waits for it", async () => {
    const things = ["--image", "witness", "--flavor", "small", "--property", "use=web"];
    const server = await admin.json("server", "create", ...things, "--wait", "web1");
    expect(server).toMatchObject({
      name: "web1",
      status: "ACTIVE",
      adminPass: expect.any(String),
      image: expect.stringContaining("witness"),
    });
    expect(await show("web1")).toMatchObject({ status: "ACTIVE", "OS-EXT-STS:power_state": 1, properties: { use: "web" } });
  });

  test("lists servers by what is asked for", async () => {
    const host = String(await hostOf("web1"));
    const list = (...filters: string[]): Promise<Row[]> => admin.json<Row[]>("server", "list", ...filters);
    expect(await list()).toMatchObject([{ Name: "web1", Status: "ACTIVE", Image: "witness", Flavor: "small" }]);
    expect(named(await list("--name", "^web", "--status", "ACTIVE"))).toEqual(["web1"]);
    expect(named(await list("--all-projects", "--host", host, "--flavor", "small"))).toEqual(["web1"]);
    expect(await list("--status", "SHUTOFF")).toEqual([]);
    expect(await list("--long")).toMatchObject([{ "Task State": null, "Power State": 1, Host: host, "Availability Zone": "nova" }]);
    expect(await member.json<Row[]>("server", "list")).toEqual([]);
    expect(await member.refusal("server", "show", "web1")).toContain("No server with a name or ID of 'web1' exists");
  });

  test("changes what is noted of a server", async () => {
    await admin.text("server", "set", "--name", "web2", "--property", "tier=front", "web1");
    await admin.text("server", "unset", "--property", "use", "web2");
    expect(await show("web2")).toMatchObject({ name: "web2", properties: { tier: "front" } });
    await admin.text(...at("2.26", "server", "set", "--tag", "blue", "web2"));
    expect(await admin.json(...at("2.26", "server", "show", "web2"))).toMatchObject({ tags: ["blue"] });
    expect(named(await admin.json<Row[]>(...at("2.26", "server", "list", "--tags", "blue")))).toEqual(["web2"]);
    await admin.text(...at("2.26", "server", "unset", "--tag", "blue", "web2"));
    await admin.text("server", "set", "--name", "web1", "web2");
  });

  test("holds, stores, stops, starts and locks it", async () => {
    const does = async (action: string, status: string): Promise<void> => {
      await admin.text("server", action, "web1");
      await untilStatus("web1", status);
    };
    await does("pause", "PAUSED");
    await does("unpause", "ACTIVE");
    await does("suspend", "SUSPENDED");
    await does("resume", "ACTIVE");
    await does("stop", "SHUTOFF");
    expect(await admin.refusal("server", "pause", "web1")).toContain("409");
    await does("start", "ACTIVE");
    await admin.text("server", "reboot", "--hard", "--wait", "web1");
    await admin.text("server", "lock", "web1");
    expect(await admin.json(...at("2.9", "server", "show", "web1"))).toMatchObject({ locked: true });
    await admin.text("server", "unlock", "web1");
  });

  test("moves it while it runs", async () => {
    const source = await hostOf("web1");
    const target = source === "compute1" ? "compute2" : "compute1";
    const live = ["server", "migrate", "--live-migration", "--wait"];
    expect(await admin.refusal(...live, "--shared-migration", "web1"), "its disk is not shared").toContain("400");
    await admin.text(...at("2.30", ...live, "--host", target, "web1"));
    expect(await hostOf("web1")).toBe(target);
    await admin.text(...at("2.25", ...live, "web1"));
    expect(await hostOf("web1")).toBe(source);
    const [last] = await admin.json<Row[]>(...at("2.59", "server", "migration", "list", "--server", "web1"));
    expect(last).toMatchObject({ Status: "completed", "Dest Compute": source, Type: "live-migration" });
  });

  test("watches a slow move, and gives it up", async () => {
    for (const { name } of world.lab.hosts) await setLinkRate(world.lab, hostNamed(world.lab, name), "4mbit");
    const source = await hostOf("web1");
    await admin.text(...at("2.30", "server", "migrate", "--live-migration", "web1"));
    const running = ["server", "migration", "list", "--server", "web1", "--status", "running"];
    const [move] = await world.stack.api.until("the move runs", async () => {
      const rows = await admin.json<Row[]>(...at("2.59", ...running));
      return rows.length > 0 ? rows : null;
    });
    const number = String(move?.["Id"]);
    expect(await admin.json(...at("2.59", "server", "migration", "show", "web1", number))).toMatchObject({ Status: "running" });
    await admin.text(...at("2.65", "server", "migration", "abort", "web1", number));
    await untilStatus("web1", "ACTIVE");
    for (const { name } of world.lab.hosts) await restoreLink(world.lab, hostNamed(world.lab, name));
    expect(await hostOf("web1")).toBe(source);
    expect((await admin.json<Row[]>(...at("2.59", "server", "migration", "list", "--server", "web1")))[0]).toMatchObject({
      Status: "cancelled",
    });
  });

  test("moves it cold, takes that back, and moves it again for good", async () => {
    const source = await hostOf("web1");
    await admin.text("server", "migrate", "--wait", "web1");
    expect(await show("web1")).toMatchObject({ status: "VERIFY_RESIZE" });
    await admin.text("server", "migration", "revert", "web1");
    await untilStatus("web1", "ACTIVE");
    expect(await hostOf("web1")).toBe(source);
    await admin.text("server", "migrate", "--wait", "web1");
    await admin.text("server", "migration", "confirm", "web1");
    await untilStatus("web1", "ACTIVE");
    expect(await hostOf("web1")).not.toBe(source);
  });

  test("tells what was done to it", async () => {
    const events = await admin.json<Row[]>("server", "event", "list", "web1");
    expect(events.map((event) => event["Action"])).toEqual(expect.arrayContaining(["create", "pause", "live-migration", "migrate"]));
    const request = String(events.find((event) => event["Action"] === "create")?.["Request ID"]);
    expect(await admin.json("server", "event", "show", "web1", request)).toMatchObject({ action: "create", request_id: request });
  });

  test("knows no evacuation of a host that is up", async () => {
    expect(await admin.refusal(...at("2.29", "server", "evacuate", "web1"))).toContain("still in use");
  });

  test("keeps hosts together, and books of what is used", async () => {
    await admin.text("aggregate", "create", "--zone", "north", "rack1");
    await admin.text("aggregate", "set", "--property", "ssd=true", "rack1");
    expect(await admin.json("aggregate", "show", "rack1")).toMatchObject({ availability_zone: "north", properties: { ssd: "true" } });
    expect(named(await admin.json<Row[]>("aggregate", "list"))).toEqual(["rack1"]);
    await admin.text("aggregate", "delete", "rack1");
    const limits = await admin.json<Row[]>("limits", "show", "--absolute");
    expect(limits).toContainEqual({ Name: "totalInstancesUsed", Value: 1 });
    expect(await admin.json("quota", "show")).toMatchObject({ "key-pairs": 100 });
  });

  test("removes everything, and ends its token", async () => {
    await admin.text("server", "delete", "--wait", "web1");
    expect(await admin.json<Row[]>("server", "list")).toEqual([]);
    await admin.text("server", "group", "delete", "apart");
    await admin.text("security", "group", "delete", "web");
    await admin.text("keypair", "delete", "mine");
    await admin.text("flavor", "delete", "small", "large");
    await admin.text("image", "delete", "witness");
    expect(await admin.json<Row[]>("image", "list")).toEqual([]);
    const { id } = await admin.json<{ id: string }>("token", "issue");
    await admin.text("token", "revoke", id);
    const answer = await fetch(`${world.stack.url}/v2.1/flavors`, { headers: { "x-auth-token": id } });
    expect(answer.status, "a token that was ended").toBe(401);
  });
});
