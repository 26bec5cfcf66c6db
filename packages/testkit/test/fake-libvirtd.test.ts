import { type HostAddress, hostId, migrationId, type TransferRequest } from "@ferry/core";
import { openHosts } from "@ferry/hosts";
import { FakeDatacentre, type FakeHost, inventoryOf, startGuest } from "@ferry/testkit";
import { afterEach, describe, expect, it } from "vitest";

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** Two fake hosts, ferry's real drivers for both, and a guest on the first. */
function twoHosts(guest: Parameters<typeof startGuest>[1] = {}) {
  const datacentre = new FakeDatacentre();
  const [source, destination] = [datacentre.addHost("compute1"), datacentre.addHost("compute2")];
  const domain = startGuest(source, guest);
  const ids = { source: hostId("00000000-0000-4000-8000-000000000001"), destination: hostId("00000000-0000-4000-8000-000000000002") };
  const hosts = openHosts({
    addressOf: async (id) => addressOf(id === ids.source ? source : destination, id),
    identity: { privateKey: "", publicKey: "ssh-ed25519 AAAA ferry" },
    sshHost: (options) => datacentre.sshHost(options),
  });
  open.push(hosts, datacentre);
  return { datacentre, source, destination, domain, hosts, ids };
}

function addressOf(host: FakeHost, id: HostAddress["id"]): HostAddress {
  const { name, address, ssh } = host;
  return { id, name, address, port: 22, user: "root", hostKey: ssh.hostKey, uri: "qemu:///system", migrationAddress: address };
}

function request({ domain, destination }: ReturnType<typeof twoHosts>, transport: "direct"): TransferRequest {
  const xml = domain.running().xml;
  return {
    migrationId: migrationId("00000000-0000-4000-8000-0000000000aa"),
    guest: { uuid: domain.uuid, name: domain.name },
    transport,
    liveXml: xml,
    persistentXml: xml,
    destinationAddress: destination.address,
    listenAddress: destination.address,
    copyDisks: ["vda"],
    copyMode: "full",
    peer: null,
    bandwidthMiBps: 0,
    paused: false,
  };
}

describe("the fake libvirtd", () => {
  it("answers the real drivers without a surprise", async () => {
    const { hosts, ids, domain, datacentre } = twoHosts();
    const { hypervisor } = await hosts.host(ids.source);
    const facts = await hypervisor.facts();
    expect(facts.hostname).toBe("compute1");
    expect(facts.bridges).toContain("br0");
    expect((await hypervisor.guests()).map((guest) => guest.definition.uuid)).toEqual([domain.uuid]);
    expect(await hypervisor.observe(domain.uuid)).toMatchObject({ kind: "present", state: "running", migrationJob: "none" });
    expect(datacentre.journal.surprises).toEqual([]);
  });

  it("moves a guest with its disk, byte for byte, and runs it nowhere twice", async () => {
    const world = twoHosts();
    const { hosts, ids, domain, datacentre, destination } = world;
    const there = await hosts.host(ids.destination);
    const { capacityBytes } = await (await hosts.host(ids.source)).storage.diskSize(domain.uuid, "vda");
    await there.storage.createVolume({ pool: "default", name: "lm001.qcow2", format: "qcow2", capacityBytes, backing: null });
    const outcome = await hosts.transfer.run(request(world, "direct"), ids.source, ids.destination, new AbortController().signal);
    await hosts.transfer.settle(migrationId("00000000-0000-4000-8000-0000000000aa"));
    expect(outcome).toEqual({ kind: "handed-over" });
    expect(datacentre.journal.surprises).toEqual([]);
    expect(datacentre.journal.violations).toEqual([]);
    const truth = datacentre.truthOf(domain.uuid);
    expect(truth.runningOn()).toEqual(["compute2"]);
    expect(destination.domains.get(domain.uuid)?.running().contentOf("vda")).toEqual(truth.expected("vda"));
  });

  it("calls a second runner a violation", () => {
    const { source, destination, domain, datacentre } = twoHosts();
    const file = source.files.get("/var/lib/libvirt/images/lm001.qcow2");
    if (file) destination.files.put("/var/lib/libvirt/images/lm001.qcow2", file);
    destination.startGuest(domain.running().xml);
    expect(datacentre.journal.violations).toHaveLength(1);
  });

  it("notices what it does not know", async () => {
    const { hosts, ids, datacentre, source } = twoHosts();
    const before = inventoryOf(source);
    const { hypervisor } = await hosts.host(ids.source);
    await hypervisor.facts();
    expect(inventoryOf(source)).toEqual(before);
    expect(datacentre.journal.surprises).toEqual([]);
  });
});
