import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guestImage } from "../lab/guest-image.ts";
import { IMAGES_DIR, inventory, WitnessClient, whereIs } from "../lab/index.ts";
import { guestAddress, rootAddress } from "../lab/subnet.ts";
import { WITNESS_PORT } from "../lab/witness-client.ts";
import { PeerProbe } from "./support/peer-probe.ts";
import { heard, SecurityGroups } from "./support/security-groups.ts";
import { type HostName, World } from "./support/world.ts";

/** Beyond the indexes that the lab gives its own guests. */
const INDEX = 90;

interface Server {
  readonly id: string;
  readonly status: string;
  readonly fault?: { readonly message: string };
  readonly "OS-EXT-SRV-ATTR:host": string;
  readonly "OS-EXT-SRV-ATTR:instance_name": string;
  readonly security_groups?: readonly { readonly name: string }[];
  readonly addresses: Record<string, { readonly addr: string }[]>;
}

interface Image {
  readonly id: string;
  readonly status: string;
  readonly problem: string | null;
  readonly sha256: string;
}

describe("servers made of an image", () => {
  let world: World;
  let image: Image;
  let address: string;
  /** Nobody's. */
  let stranger: string;
  let groups: SecurityGroups;
  const witnessRule = { ip_protocol: "udp", from_port: WITNESS_PORT, to_port: WITNESS_PORT, cidr: "0.0.0.0/0" };

  beforeAll(async () => {
    world = await World.open();
    address = guestAddress(world.lab.config.subnet, INDEX);
    stranger = guestAddress(world.lab.config.subnet, INDEX + 1);
    await world.stack.api.ok("POST", "/v2.1/flavors", { flavor: { id: "lab", name: "lab", ram: 160, vcpus: 1, disk: 2 } });
    groups = new SecurityGroups(world);
    await groups.addRule(await groups.idOf("default"), witnessRule);
  });

  afterAll(() => World.close(world));

  test("an image that is uploaded is whole, and refused when it is not what it says", async () => {
    image = await addImage({ name: "witness", disk_format: "qcow2" });
    const content = await readFile((await guestImage(world.lab.config)).disk);
    expect(await upload(image.id, content.subarray(4))).toMatchObject({ status: 400 });
    expect(await showImage(image.id)).toMatchObject({ status: "killed" });
    expect(await upload(image.id, content)).toMatchObject({ status: 204 });
    image = await showImage(image.id);
    expect(image).toMatchObject({ status: "active", size: content.length, virtual_size: 1024 ** 3 });
  });

  test("a server in a security group is guarded from its very first answer on, also while no worker is there", async () => {
    const closedPort = await PeerProbe.start({ address, port: WITNESS_PORT + 1, from: rootAddress(world.lab.config.subnet) });
    const web = await groups.create("web");
    await groups.addRule(web, witnessRule);
    await world.stack.end("worker", "SIGTERM");
    await world.stack.startProcess("worker", { FERRY_FAULT: "after:start-server" });
    const id = await order("guarded", image.id, { security_groups: [{ name: "web" }] });
    await world.stack.ended("worker", 60_000);
    using inside = new WitnessClient(address);
    await booted(inside);
    const { answered } = closedPort.stop();
    expect(answered, "nobody but the server's making has told the host any rule").toBe(0);
    expect(await groups.firewall(id)).toMatchObject({ guarded: true, pending: true });
    expect((await inventory(world.host("compute1"))).firewall.join("\n"), "it is held to its address").toContain(address);

    await world.stack.startProcess("worker");
    const server = await untilSettled(id);
    expect(server, server.fault?.message).toMatchObject({ status: "ACTIVE", security_groups: [{ name: "web" }] });
    expect(await inside.spoof("mac"), "datagrams from another MAC address").toBe(0);
    expect(await inside.spoof({ address: stranger }), "datagrams under another IPv4 address").toBe(0);
    await groups.addRule(web, { ...witnessRule, from_port: WITNESS_PORT + 1, to_port: WITNESS_PORT + 1 });
    await world.stack.api.until("the second port is open", async () => ((await groups.firewall(id)).pending ? null : true));
    for (const heardThere of await heard({ address, port: WITNESS_PORT + 1, from: rootAddress(world.lab.config.subnet) }))
      expect(heardThere).toBeGreaterThan(0);
    await remove(server);
    world.expectAlso("compute1", `volumes: ${IMAGES_DIR}/${base()}`);
    await world.expectTidyHosts(10_000);
    world.expectNoMore("compute1", `volumes: ${IMAGES_DIR}/${base()}`);
  });

  test("a server is made, answers, moves with its disk, and leaves nothing but the base", async () => {
    const server = await create("first one", image.id, {
      config_drive: true,
      user_data: Buffer.from("#cloud-config\n").toString("base64"),
    });
    expect(server).toMatchObject({
      status: "ACTIVE",
      "OS-EXT-SRV-ATTR:host": "compute1",
      addresses: { br0: [{ addr: address }] },
      security_groups: [{ name: "default" }],
    });
    using inside = new WitnessClient(address);
    const before = await booted(inside);
    await inside.pattern(16);
    expect(await diskFiles("compute1")).toEqual(filesOf(server.id));

    const path = await world.stack.api.migrate(server.id, "compute2");
    const record = await world.stack.api.untilEnded(path);
    expect(record, JSON.stringify(record.problem ?? record.checks)).toMatchObject({ status: "completed", pending_work: false });
    const after = await inside.verify();
    expect(after).toMatchObject({ bootId: before.bootId, records: { bad: 0, errors: 0 }, pattern: { mib: 16, ok: true } });
    expect(after.counter).toBeGreaterThan(before.counter);
    expect(await domains(server)).toEqual(["compute2"]);
    expect(await diskFiles("compute1")).toEqual([base()]);
    expect(await diskFiles("compute2")).toEqual(filesOf(server.id));
    expect(await showServer(server.id)).toMatchObject({ name: "first one", status: "ACTIVE", "OS-EXT-SRV-ATTR:host": "compute2" });

    await remove(server);
    for (const host of ["compute1", "compute2"] as const) world.expectAlso(host, `volumes: ${IMAGES_DIR}/${base()}`);
    await world.expectTidyHosts(10_000);
  });

  test("a worker that dies on the way leaves the server to the next one, and the base is not brought twice", async () => {
    const known = await identityOfBase();
    await world.stack.end("worker", "SIGTERM");
    await world.stack.startProcess("worker", { FERRY_FAULT: "after:define-server" });
    const id = await order("second", image.id, {});
    await world.stack.ended("worker", 60_000);
    await world.stack.startProcess("worker");
    const server = await untilSettled(id);
    expect(server, server.fault?.message).toMatchObject({ status: "ACTIVE" });
    using inside = new WitnessClient(address);
    await booted(inside);
    expect(await identityOfBase()).toBe(known);
    await remove(server);
    await world.expectTidyHosts(10_000);
  });

  test("a delete that comes while a server is being made takes its place", async () => {
    await world.stack.end("worker", "SIGTERM");
    await world.stack.startProcess("worker", { FERRY_FAULT: "before:start-server" });
    const id = await order("third", image.id, { config_drive: true });
    await world.stack.ended("worker", 60_000);
    await world.stack.api.ok("DELETE", `/v2.1/servers/${id}`);
    await world.stack.startProcess("worker");
    await untilGone(id);
    await world.expectTidyHosts(10_000);
  });

  test("a file in a pool of a host is an image too, which is not to change", async () => {
    const file = "registered.qcow2";
    await world.host("compute1").exec(["cp", `${IMAGES_DIR}/${base()}`, `${IMAGES_DIR}/${file}`]);
    const source = { host: "compute1", pool: "default", volume: file };
    const { id } = await addImage({ name: "registered", disk_format: "qcow2", source });
    const registered = await world.stack.api.until("the image was read", async () => {
      const now = await showImage(id);
      return now.status === "importing" ? null : now;
    });
    expect(registered, String(registered.problem)).toMatchObject({ status: "active", sha256: image.sha256 });

    for (const host of ["compute1", "compute2"] as const) await world.host(host).exec(["rm", `${IMAGES_DIR}/${base()}`]);
    await world.host("compute1").exec(["truncate", "-s", "+1", `${IMAGES_DIR}/${file}`]);
    const server = await create("fourth", id, {});
    expect(server).toMatchObject({ status: "ERROR", fault: { message: expect.stringContaining("registered any more") } });
    await remove(server);
    await world.host("compute1").exec(["rm", `${IMAGES_DIR}/${file}`]);
    for (const host of ["compute1", "compute2"] as const) world.expectNoMore(host, `volumes: ${IMAGES_DIR}/${base()}`);
    await world.expectTidyHosts(10_000);
  });

  const base = (): string => `_base-${image.sha256}.qcow2`;
  const filesOf = (id: string): string[] => [`${id}.config.iso`, `${id}.disk.qcow2`, base()].sort();

  async function diskFiles(host: HostName): Promise<string[]> {
    return (await world.host(host).exec(["ls", IMAGES_DIR]))
      .split("\n")
      .filter((name) => name !== "")
      .sort();
  }

  /** Inode and time of the last change of content: a file that was written again differs. */
  async function identityOfBase(): Promise<string> {
    return (await world.host("compute1").exec(["stat", "--format=%i %Y", `${IMAGES_DIR}/${base()}`])).trim();
  }

  async function domains(server: Server): Promise<string[]> {
    return (await whereIs(world.lab, server["OS-EXT-SRV-ATTR:instance_name"])).map(({ host }) => host.name);
  }

  /** Within what a guest may take to boot on a loaded machine. */
  const booted = (inside: WitnessClient) => inside.status(180_000);

  async function addImage(addition: object): Promise<Image> {
    return (await world.stack.api.ok("POST", "/ferry/v1/images", addition)).body["image"] as Image;
  }

  async function showImage(id: string): Promise<Image> {
    return (await world.stack.api.ok("GET", `/ferry/v1/images/${id}`)).body["image"] as Image;
  }

  const upload = (id: string, content: Buffer) => world.stack.api.upload(`/ferry/v1/images/${id}/file`, new Uint8Array(content));

  async function order(name: string, imageRef: string, more: object): Promise<string> {
    const networks = [{ uuid: "br0", fixed_ip: address }];
    const server = { name, imageRef, flavorRef: "lab", networks, availability_zone: "nova:compute1", ...more };
    const { status, body } = await world.stack.api.ok("POST", "/v2.1/servers", { server });
    expect(status).toBe(202);
    return (body["server"] as { id: string }).id;
  }

  async function create(name: string, imageRef: string, more: object): Promise<Server> {
    return await untilSettled(await order(name, imageRef, more));
  }

  async function showServer(id: string): Promise<Server> {
    return (await world.stack.api.ok("GET", `/v2.1/servers/${id}`)).body["server"] as Server;
  }

  function untilSettled(id: string): Promise<Server> {
    return world.stack.api.until(`server ${id} is made`, async () => {
      const server = await showServer(id);
      return server.status === "BUILD" ? null : server;
    });
  }

  async function remove({ id }: Server): Promise<void> {
    await world.stack.api.ok("DELETE", `/v2.1/servers/${id}`);
    await untilGone(id);
  }

  const untilGone = (id: string): Promise<true> =>
    world.stack.api.until(`server ${id} is gone`, async () =>
      (await world.stack.api.request("GET", `/v2.1/servers/${id}`)).status === 404 ? true : null,
    );
});
