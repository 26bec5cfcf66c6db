import { type HostAddress, hasCode, hostId } from "@ferry/core";
import { FakeDatacentre } from "@ferry/testkit";
import { afterEach, expect, test } from "vitest";
import { openHosts } from "../src/index.ts";

const ID = hostId("33333333-3333-4333-8333-333333333333");
const TRIES = 6;

const datacentre = new FakeDatacentre({ network: "198.18.7" });
const repaired = datacentre.addHost("repaired");
let port = 22;
const addressOf = async (): Promise<HostAddress> => ({
  id: ID,
  name: repaired.name,
  address: repaired.address,
  port,
  user: "root",
  hostKey: repaired.ssh.hostKey,
  uri: "qemu:///system",
  migrationAddress: repaired.address,
});
const open = () => openHosts({ addressOf, identity: { privateKey: "", publicKey: "" }, sshHost: (options) => datacentre.sshHost(options) });
afterEach(() => {
  repaired.ssh.restore();
  port = 22;
});

test("a host that could not be reached is tried at once by who asks for it anew, and by all after that", async () => {
  const hosts = open();
  repaired.ssh.cut();
  const ask = async () => (await hosts.host(ID)).hypervisor.guests();
  for (let tries = 0; tries < TRIES; tries++) await expect(ask()).rejects.toSatisfy((error) => hasCode(error, "HOST_UNREACHABLE"));
  repaired.ssh.restore();
  await expect(ask()).rejects.toSatisfy((error) => hasCode(error, "HOST_UNREACHABLE"));
  expect(await (await hosts.hostAnew(ID)).hypervisor.guests()).toEqual([]);
  expect(await ask()).toEqual([]);
  await hosts.close();
});

test("an address that was changed a moment ago counts for who asks anew", async () => {
  const hosts = open();
  await hosts.host(ID);
  port = 2222;
  expect((await hosts.host(ID)).address.port).toBe(22);
  expect((await hosts.hostAnew(ID)).address.port).toBe(2222);
  await hosts.close();
});
