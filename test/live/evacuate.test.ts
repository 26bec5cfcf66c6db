import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { powerOff, powerOn, SHARED_DIR, whereIs } from "../lab/index.ts";
import { rootAddress } from "../lab/subnet.ts";
import { WITNESS_PORT } from "../lab/witness-client.ts";
import type { MigrationRecord } from "../stack/api-client.ts";
import { PeerProbe } from "./support/peer-probe.ts";
import { SecurityGroups } from "./support/security-groups.ts";
import { untilHostState } from "./support/server.ts";
import { type StoredGuest, startStored } from "./support/storage.ts";
import { assertServer } from "./support/truth.ts";
import { World } from "./support/world.ts";

const NAME = "refugee";
/** The connection to a dead host is given up after 30 s of silence, and taken up again within as long. */
const NOTICED_WITHIN_MS = 120_000;
/** Hosts look at each other's directories when they are looked at themselves, once a minute. */
const SEEN_WITHIN_MS = 150_000;

describe("evacuate", () => {
  let world: World;

  beforeAll(async () => {
    world = await World.open();
  });
  afterAll(() => World.close(world));

  const api = () => world.stack.api;
  const source = () => world.host("compute1");
  const evacuate = (id: string, host = "compute2") => api().request("POST", `/v2.1/servers/${id}/action`, { evacuate: { host } }, "2.68");
  const fence = async () => {
    const { body } = await api().ok("GET", "/ferry/v1/hosts/compute1/fence");
    return await api().request("POST", "/ferry/v1/hosts/compute1/fence", {
      method: "power-off",
      note: "in the lab",
      boot_id: body["boot_id"],
    });
  };
  const places = async (): Promise<string[]> => (await whereIs(world.lab, NAME)).map(({ host, state }) => `${host.name}: ${state}`);
  const shown = async (path: string): Promise<MigrationRecord> => await api().migration(path);

  const start = async (): Promise<StoredGuest> => {
    const stored = await startStored(world, { name: NAME, host: "compute1", disks: ["shared"], filter: false });
    await untilSeen();
    return stored;
  };
  /** Lets in what the tests ask the guest, and nothing else. */
  const guard = async (groups: SecurityGroups, { guest }: StoredGuest): Promise<void> => {
    const group = await groups.create("refugees");
    await groups.addRule(group, { ip_protocol: "udp", from_port: WITNESS_PORT, to_port: WITNESS_PORT, cidr: "0.0.0.0/0" });
    await groups.act(guest.id, "addSecurityGroup", "refugees");
    await groups.inForce(guest);
  };
  /** Until the record can prove that both hosts see the disk, and holds the definition. */
  const untilSeen = () =>
    api().until("compute2 was seen to share the directory of compute1", async () => ((await isSeen(world)) ? true : null), SEEN_WITHIN_MS);

  test("a guarded server of a dead host, once it is fenced, to the host that sees its disk; when the host is back, nothing of it is left there", async () => {
    const stored = await start();
    const { guest } = stored;
    const groups = new SecurityGroups(world);
    await guard(groups, stored);
    const before = await guest.inside.verify();
    expect((await evacuate(guest.id)).body).toMatchObject({ badRequest: { message: "Compute service of compute1 is still in use." } });
    expect((await fence()).status, "a host that answers cannot be fenced").toBe(409);

    await powerOff(world.lab, source());
    await untilHostState(world, "compute1", "down", NOTICED_WITHIN_MS);
    const refused = await evacuate(guest.id);
    expect([refused.status, refused.headers.get("x-ferry-error-code")]).toEqual([409, "HOST_NOT_FENCED"]);

    expect((await fence()).status).toBe(201);
    const target = { address: guest.inside.address, port: WITNESS_PORT + 1, from: rootAddress(world.lab.config.subnet) };
    const closedPort = await PeerProbe.start(target);
    const accepted = await evacuate(guest.id);
    expect(accepted.status, JSON.stringify(accepted.body)).toBe(200);
    const path = new URL(accepted.headers.get("location") ?? "", world.stack.url).pathname;
    const record = await api().untilEnded(path);
    expect(record, JSON.stringify(record.problem)).toMatchObject({
      status: "done",
      migration_type: "evacuation",
      destination_host: "compute2",
    });
    expect(await places()).toEqual(["compute2: running"]);
    guest.at = "compute2";
    await assertServer(world, guest, "compute2");
    const after = await guest.inside.verify();
    expect(closedPort.stop().answered, "nothing tells the new host any rule but the evacuation").toBe(0);
    await groups.inForce(guest);
    expect(after.bootId, "a boot of its own").not.toBe(before.bootId);
    expect(after.records, "what the guest had written to its disk").toMatchObject({ bad: 0, firstBad: 0, errors: 0 });
    expect(after.records.recovered).toBeGreaterThanOrEqual(before.records.written);

    await powerOn(world.lab, source());
    await world.reopenLab();
    await untilHostState(world, "compute1", "up", NOTICED_WITHIN_MS);
    expect(await places()).toEqual(["compute2: running"]);
    expect((await shown(path)).status).toBe("completed");
    const { body } = await api().ok("GET", "/ferry/v1/hosts/compute1/fence");
    // Its sshd is up before its libvirtd: it depends on when ferry looks which of the two ended it.
    expect(body["fence"]).toMatchObject({ in_force: false, end_reason: expect.stringMatching(/^(restarted|answers)$/) });
    await world.expectTidyHosts(5_000);
  });
});

async function isSeen(world: World): Promise<boolean> {
  const client = new Client({ connectionString: world.stack.databaseUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      "SELECT 1 FROM directory_sightings s JOIN hosts h ON h.id = s.host_id, guest_documents WHERE s.shared AND s.directory = $1 AND h.name = 'compute1'",
      [SHARED_DIR],
    );
    return (rowCount ?? 0) > 0;
  } finally {
    await client.end();
  }
}
