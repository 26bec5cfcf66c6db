import { hostId } from "@ferry/core";
import { openHosts } from "@ferry/hosts";
import { FakeDatacentre, type FakeHost, inventoryOf, startGuest } from "@ferry/testkit";
import { afterAll, afterEach, beforeAll, describe, expect } from "vitest";
import type { Subject } from "./host-ports/subject.ts";
import { hostPortsSuite } from "./host-ports/suite.ts";

const BOOT_ID = "11111111-2222-4333-8444-555555555555";
const DEVICE = "/dev/mapper/lun0";
const DISK = "/var/lib/libvirt/images/lm001.qcow2";

describe("hosts in memory", () => {
  const datacentre = new FakeDatacentre();
  let subject: Subject;

  beforeAll(async () => {
    const [source, destination] = [datacentre.addHost("compute1"), datacentre.addHost("compute2")];
    const rules = "<rule action='accept' direction='inout'/>";
    const filter = source.addNwfilter("lab-guest", rules);
    destination.addNwfilter(filter.name, rules, filter.uuid);
    for (const { files } of [source, destination]) {
      files.putDevice(DEVICE, { name: "loop0", number: [7, 0], attributes: { size: "131072" } });
      files.put("/proc/sys/kernel/random/boot_id", `${BOOT_ID}\n`);
    }
    const { uuid, name } = startGuest(source, { disks: [{ path: DISK }], bridge: "br0", filter: "lab-guest" });
    const hosts = openHosts({
      addressOf: async (id) => addressOf(id === hostId("compute1") ? source : destination),
      identity: { privateKey: "", publicKey: "ssh-ed25519 AAAA ferry" },
      sshHost: (options) => datacentre.sshHost(options),
    });
    subject = {
      hosts,
      source: await hosts.host(hostId("compute1")),
      destination: await hosts.host(hostId("compute2")),
      guest: { uuid, name, diskPath: DISK, filter: "lab-guest" },
      network: "default",
      device: DEVICE,
      inventory: async ({ address }) => inventoryOf(address.name === "compute1" ? source : destination),
    };
  });

  afterEach(() => {
    expect(datacentre.journal.surprises).toEqual([]);
    expect(datacentre.journal.violations).toEqual([]);
  });

  afterAll(async () => {
    await subject.hosts.close();
    datacentre.close();
  });

  hostPortsSuite(() => subject);
});

const addressOf = ({ name, address, ssh }: FakeHost) => ({
  id: hostId(name),
  name,
  address,
  port: 22,
  user: "root",
  hostKey: ssh.hostKey,
  uri: "qemu:///system",
  migrationAddress: address,
});
