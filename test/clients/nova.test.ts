import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { provide } from "../tempest/support/subject.ts";
import { Client } from "./support/client.ts";
import { ClientWorld } from "./support/world.ts";

/** The same operator with the older client, which asks for the newest microversion that it knows, 2.92. */
describe("nova, the client", () => {
  let world: ClientWorld;
  let nova: Client;
  let imageId: string;

  beforeAll(async () => {
    world = await ClientWorld.open();
    nova = new Client("nova", world.stack.url, world.admin);
    imageId = (await provide(world)).imageIds[0];
  });

  afterAll(async () => {
    console.log(`nova: ${nova?.count ?? 0} commands`);
    await ClientWorld.close(world);
  });

  const show = (): Promise<Record<string, string>> => nova.properties("show", "db1");
  const hostOf = async (): Promise<string | undefined> => (await show())["OS-EXT-SRV-ATTR:host"];
  const column = async (name: string, ...args: string[]): Promise<(string | undefined)[]> =>
    (await nova.table(...args)).map((row) => row[name]);

  async function untilStatus(status: string): Promise<void> {
    await world.stack.api.until(
      `db1 is ${status}`,
      async () => {
        const { status: now, "OS-EXT-STS:task_state": task } = await show();
        return now === status && task === "-" ? true : null;
      },
      150_000,
    );
  }

  async function does(action: string, status: string): Promise<void> {
    await nova.text(action, "db1");
    await untilStatus(status);
  }

  test("sees hosts, services and zones", async () => {
    expect(await column("Hypervisor hostname", "hypervisor-list")).toEqual(["compute1", "compute2"]);
    expect(await column("State", "service-list", "--binary", "nova-compute")).toEqual(["up", "up"]);
    expect(await column("Name", "availability-zone-list")).toContain("nova");
    expect(await nova.text("version-list")).toContain("2.96");
  });

  test("makes a flavor and a server of it", async () => {
    expect(await nova.table("flavor-create", "tiny", "auto", "160", "1", "1")).toMatchObject([{ Name: "tiny", Memory_MiB: "160" }]);
    await nova.text("flavor-key", "tiny", "set", "hw:cpu_policy=shared");
    await nova.text("boot", "--flavor", "tiny", "--image", imageId, "--nic", "none", "--meta", "use=db", "--poll", "db1");
    expect(await show()).toMatchObject({ name: "db1", status: "ACTIVE", metadata: '{"use": "db"}', "flavor:original_name": "tiny" });
    expect(await column("Name", "list", "--status", "ACTIVE")).toEqual(["db1"]);
    expect(await column("Name", "list", "--name", "^web")).toEqual([]);
  });

  test("changes what is noted of it", async () => {
    await nova.text("update", "--description", "the first", "db1");
    await nova.text("meta", "db1", "set", "tier=back");
    await nova.text("server-tag-add", "db1", "red", "green");
    expect(await column("Tag", "server-tag-list", "db1")).toEqual(expect.arrayContaining(["red", "green"]));
    await nova.text("server-tag-delete", "db1", "red");
    expect(await show()).toMatchObject({
      description: "the first",
      tags: '["green"]',
      metadata: expect.stringContaining('"tier": "back"'),
    });
  });

  test("holds and stores it", async () => {
    await does("pause", "PAUSED");
    await does("unpause", "ACTIVE");
    await does("suspend", "SUSPENDED");
    await does("resume", "ACTIVE");
    await nova.text("reboot", "--hard", "--poll", "db1");
    await nova.text("lock", "--reason", "audit", "db1");
    expect(await show()).toMatchObject({ locked: "True", locked_reason: "audit" });
    await nova.text("unlock", "db1");
  });

  test("moves it while it runs, and moves it again at once", async () => {
    const source = await hostOf();
    const target = source === "compute1" ? "compute2" : "compute1";
    await nova.text("live-migration", "--block-migrate", "db1", target);
    await untilStatus("ACTIVE");
    expect(await hostOf()).toBe(target);
    await nova.text("live-migration", "--block-migrate", "db1");
    await untilStatus("ACTIVE");
    expect(await hostOf()).toBe(source);
    const moves = await nova.table("migration-list", "--instance-uuid", (await show())["id"] ?? "");
    expect(moves.map((move) => move["Type"])).toEqual(["live-migration", "live-migration"]);
    expect(await nova.table("server-migration-list", "db1")).toEqual([]);
    expect(await column("Action", "instance-action-list", "db1")).toEqual(expect.arrayContaining(["create", "live-migration"]));
  });

  test("moves it cold, and confirms", async () => {
    const source = await hostOf();
    await nova.text("migrate", "--poll", "db1");
    expect((await show())["status"]).toBe("VERIFY_RESIZE");
    await nova.text("resize-confirm", "db1");
    await untilStatus("ACTIVE");
    expect(await hostOf()).not.toBe(source);
  });

  test("does not evacuate it from a host that is up", async () => {
    expect(await nova.refusal("evacuate", "db1")).toContain("still in use");
  });

  test("attaches a volume", async () => {
    const host = await hostOf();
    const { body } = await world.stack.api.ok("POST", "/ferry/v1/volumes", { name: "data", host, pool: "default", size: 1 });
    const { id } = body["volume"] as { id: string };
    await nova.text("volume-attach", "db1", id);
    expect(await column("VOLUME ID", "volume-attachments", "db1")).toEqual([id]);
    await nova.text("volume-detach", "db1", id);
    await world.stack.api.until("the volume is detached", async () =>
      (await nova.table("volume-attachments", "db1")).length === 0 ? true : null,
    );
  });

  test("keeps hosts together, and books of what is used", async () => {
    await nova.text("aggregate-create", "rack1");
    await nova.text("aggregate-add-host", "rack1", "compute1");
    expect(await nova.table("aggregate-show", "rack1")).toMatchObject([{ Hosts: "'compute1'" }]);
    await nova.text("aggregate-remove-host", "rack1", "compute1");
    await nova.text("aggregate-delete", "rack1");
    expect(await nova.text("limits")).toMatch(/\| Instances +\| 1 +\| -1 +\|/);
    expect(await nova.table("quota-show")).toContainEqual({ Quota: "key_pairs", Limit: "100" });
  });

  test("removes everything", async () => {
    await nova.text("delete", "db1");
    await world.stack.api.until("db1 is gone", async () => ((await nova.table("list")).length === 0 ? true : null));
    await nova.text("flavor-delete", "tiny");
    expect(await column("Name", "flavor-list")).not.toContain("tiny");
  });
});
