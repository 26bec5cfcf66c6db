import { type HostAddress, hostId, migrationId, type TransferRequest } from "@ferry/core";
import { openHosts } from "@ferry/hosts";
import { type LibvirtEvent, openLibvirt, UnsupportedCallError } from "@ferry/libvirt";
import { FakeDatacentre, type FakeHost, startGuest } from "@ferry/testkit";
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
    tunnelled: false,
    unsafe: false,
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

  it("sends events in the order in which libvirt was seen to send them", async () => {
    const world = twoHosts();
    const { hosts, ids, domain, source, destination } = world;
    const { capacityBytes } = await (await hosts.host(ids.source)).storage.diskSize(domain.uuid, "vda");
    const there = await hosts.host(ids.destination);
    await there.storage.createVolume({ pool: "default", name: "lm001.qcow2", format: "qcow2", capacityBytes, backing: null });
    const heard = [await listen(source), await listen(destination)];
    await hosts.transfer.run(request(world, "direct"), ids.source, ids.destination, new AbortController().signal);
    await hosts.transfer.settle(migrationId("00000000-0000-4000-8000-0000000000aa"));
    expect(heard).toEqual([
      ["block job 3", "iteration 1", "iteration 2", "lifecycle 3/1", "block job 0", "lifecycle 5/3", "job completed"],
      ["lifecycle 2/1", "lifecycle 0/0", "lifecycle 4/1"],
    ]);
  });

  it("is surprised by a call that it does not know, and says so to the client", async () => {
    const { source, domain, datacentre } = twoHosts();
    const connection = await openLibvirt(source.daemon.connect(), { uri: "qemu:///system" });
    await expect(connection.call("domainRename", { dom: domain.handle, newName: "other", flags: 0 })).rejects.toThrow(UnsupportedCallError);
    connection.close();
    expect(datacentre.journal.surprises).toHaveLength(1);
  });

  it("ends the connections of a daemon that is killed, and takes new ones when it runs again", async () => {
    const { source } = twoHosts();
    const connection = await openLibvirt(source.daemon.connect(), { uri: "qemu:///system" });
    source.daemon.kill();
    await connection.closed;
    expect(() => source.daemon.connect()).toThrow();
    source.daemon.start();
    (await openLibvirt(source.daemon.connect(), { uri: "qemu:///system" })).close();
  });
});

/** Collects a host's events as short words, until the test ends. */
async function listen(host: FakeHost): Promise<string[]> {
  const connection = await openLibvirt(host.daemon.connect(), { uri: "qemu:///system" });
  open.push(connection);
  const events = await connection.subscribe(["lifecycle", "blockJob2", "migrationIteration", "jobCompleted"]);
  const heard: string[] = [];
  const collect = async (): Promise<void> => {
    for await (const event of events) heard.push(wordsOf(event));
  };
  void Promise.allSettled([collect()]);
  return heard;
}

function wordsOf(event: LibvirtEvent<"lifecycle" | "blockJob2" | "migrationIteration" | "jobCompleted">): string {
  switch (event.kind) {
    case "lifecycle":
      return `lifecycle ${event.event}/${event.detail}`;
    case "blockJob2":
      return `block job ${event.status}`;
    case "migrationIteration":
      return `iteration ${event.iteration}`;
    case "jobCompleted":
      return "job completed";
  }
}
