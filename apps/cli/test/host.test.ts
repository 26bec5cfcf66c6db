import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeApi } from "./support/fake-api.ts";
import { checks, host } from "./support/samples.ts";
import { makeWorld } from "./support/world.ts";

const scan = "POST /ferry/v1/hosts/scan";
const add = "POST /ferry/v1/hosts";
const rsa = { type: "ssh-rsa", host_key: "ssh-rsa AAAAB3NzaC1yc2E", fingerprint: "SHA256:rsa" };
const ed25519 = { type: "ssh-ed25519", host_key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5", fingerprint: "SHA256:abc" };

let api: FakeApi;
beforeEach(async () => {
  api = new FakeApi();
  await api.listen();
});
afterEach(() => api.close());

test("add shows the preferred key and pins exactly that one after a yes", async () => {
  api.on(scan, { body: { keys: [rsa, ed25519] } });
  api.on(add, { status: 201, body: { host: host() } });
  const world = makeWorld({ url: api.url, answers: ["maybe", "yes"] });
  expect(await world.ferry("host", "add", "198.18.78.11", "--name", "compute1", "--migration-address", "10.0.0.1")).toBe(0);
  expect(world.err.text).toContain("offers the SSH host key ssh-ed25519 SHA256:abc");
  expect(world.err.text).toContain("Please answer yes or no");
  expect(api.asked(scan)[0]?.body).toEqual({ address: "198.18.78.11", port: 22 });
  expect(api.asked(add)[0]?.body).toEqual({
    address: "198.18.78.11",
    name: "compute1",
    port: 22,
    user: "root",
    uri: "qemu:///system",
    host_key: ed25519.host_key,
    migration_address: "10.0.0.1",
  });
  expect(world.out.text).toContain("Added host compute1: its guest is a server now");
});

test.each([["no"], [undefined]])("add without a yes (%s) adds nothing and exits with 2", async (answer) => {
  api.on(scan, { body: { keys: [ed25519] } });
  const world = makeWorld({ url: api.url, answers: answer === undefined ? [] : [answer] });
  expect(await world.ferry("host", "add", "198.18.78.11")).toBe(2);
  expect(world.err.text).toContain("was not added");
});

test("Ctrl-C at the question adds nothing and exits with 2", async () => {
  api.on(scan, { body: { keys: [ed25519] } });
  const world = makeWorld({ url: api.url, answers: "pending" });
  const running = world.ferry("host", "add", "198.18.78.11");
  await vi.waitFor(() => expect(world.err.text).toContain("(yes/no)"));
  world.interrupt();
  expect(await running).toBe(2);
});

test.each([
  ["yes", 0],
  ["no", 2],
])("the terminal is left alone after the answer %s, so that the process can end", async (answer, code) => {
  api.on(scan, { body: { keys: [ed25519] } });
  api.on(add, { status: 201, body: { host: host() } });
  api.allowUnused(add);
  const world = makeWorld({ url: api.url, answers: "pending" });
  const running = world.ferry("host", "add", "198.18.78.11");
  await vi.waitFor(() => expect(world.err.text).toContain("(yes/no)"));
  world.io.stdin.push(`${answer}\n`);
  expect(await running).toBe(code);
  expect(world.io.stdin.isPaused()).toBe(true);
});

test("add without a terminal demands the fingerprint and names the option that gives it", async () => {
  api.on(scan, { body: { keys: [ed25519] } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("host", "add", "198.18.78.11")).toBe(64);
  expect(world.err.text).toContain("--fingerprint SHA256:abc");
});

test.each([["SHA256:abc"], ["abc"], ["SHA256:abc="]])(
  "add takes the key with the fingerprint %s without a question",
  async (fingerprint) => {
    api.on(scan, { body: { keys: [rsa, ed25519] } });
    api.on(add, { status: 202, body: { host: host() } });
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("host", "add", "198.18.78.11", "--fingerprint", fingerprint)).toBe(0);
    expect(api.asked(add)[0]?.body).toMatchObject({ host_key: ed25519.host_key });
    expect(world.out.text).toContain("its guests are still being read");
  },
);

test("add refuses a host that offers no key with the wanted fingerprint", async () => {
  api.on(scan, { body: { keys: [rsa] } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("host", "add", "198.18.78.11", "--fingerprint", "SHA256:abc")).toBe(1);
  expect(world.err.text).toContain("HOST_KEY_MISMATCH");
  expect(world.err.text).toContain("it offers ssh-rsa SHA256:rsa");
});

test("add --accept-new pins what is offered now", async () => {
  api.on(scan, { body: { keys: [rsa] } });
  api.on(add, { status: 201, body: { host: host() } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("host", "add", "198.18.78.11", "--accept-new", "--port", "2222", "--user", "ops", "--json")).toBe(0);
  expect(api.asked(add)[0]?.body).toMatchObject({ host_key: rsa.host_key, port: 2222, user: "ops" });
  expect(JSON.parse(world.out.text)).toEqual({ host: host() });
});

test("--accept-new and --fingerprint exclude each other", async () => {
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("host", "add", "h", "--accept-new", "--fingerprint", "SHA256:abc")).toBe(64);
});

test("a refused login prints the key line to append, whole and on its own line", async () => {
  api.on(scan, { body: { keys: [ed25519] } });
  api.on(add, {
    status: 503,
    headers: { "x-ferry-error-code": "HOST_LOGIN_REFUSED" },
    body: { serviceUnavailable: { code: 503, message: "Cannot log in to host compute1 as root: add ssh-ed25519 AAAAferry ferry@control" } },
  });
  api.on("GET /ferry/v1/ssh-key", { body: { public_key: "ssh-ed25519 AAAAferry ferry@control" } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("host", "add", "198.18.78.11", "--accept-new")).toBe(1);
  expect(world.err.lines).toContain("ssh-ed25519 AAAAferry ferry@control");
  expect(world.err.text.split("ssh-ed25519 AAAAferry")).toHaveLength(2);
});

test("list shows state, capacity and problem; an unknown fact is a dash", async () => {
  const down = host({ name: "compute2", state: "down", facts: null, problem: "Cannot reach host compute2" });
  api.on("GET /ferry/v1/hosts", { body: { hosts: [host(), down] } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("host", "list")).toBe(0);
  expect(world.out.lines).toEqual([
    "NAME      STATE  ADDRESS       SERVERS  CPUS  MEMORY  FREE    HYPERVISOR  PROBLEM",
    "compute1  up     198.18.78.11  1        2     24 GiB  20 GiB  QEMU 7.2.0  -",
    "compute2  down   198.18.78.11  1        -     -       -       -           Cannot reach host compute2",
  ]);
});

test("add tells the names that networks of other hosts have on it", async () => {
  api.on(scan, { body: { keys: [ed25519] } });
  api.on(add, { status: 201, body: { host: host() } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("host", "add", "198.18.78.11", "--accept-new", "--map", "br0=br1")).toBe(0);
  expect(api.asked(add)[0]?.body).toMatchObject({ network_map: { "bridge:br0": "bridge:br1" } });
});

test("set sends what is to change and shows the host as it is then", async () => {
  const change = "PATCH /ferry/v1/hosts/compute1";
  api.on(change, { body: { host: host({ network_map: { "bridge:br0": "bridge:br-tenant" } }) } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("host", "set", "compute1", "--map", "br0=br-tenant", "--unmap", "network:lan")).toBe(0);
  expect(api.asked(change)[0]?.body).toEqual({ network_map: { "bridge:br0": "bridge:br-tenant", "network:lan": null } });
  expect(world.out.text).toContain("bridge:br0 is bridge:br-tenant");
});

test.each([["--map", "br0"], ["--map", "br0=br1=br2"], ["--map", "=br1"], ["--unmap", "network:"], []])(
  "set %s %s is refused",
  async (...args) => {
    const world = makeWorld({ url: api.url });
    expect(await world.ferry("host", "set", "compute1", ...args)).toBe(64);
  },
);

test("show gives the facts of one host", async () => {
  api.on("GET /ferry/v1/hosts/compute1", { body: { host: host() } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("host", "show", "compute1")).toBe(0);
  expect(world.out.text).toMatch(/^storage pools\s+default \(dir, 50 MiB free\)$/m);
});

test("check exits with 10 when the host does not pass, and shows every check", async () => {
  api.on("POST /ferry/v1/hosts/compute1/check", { body: { host_id: host().id, passes: false, checks } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("host", "check", "compute1")).toBe(10);
  expect(world.out.lines).toHaveLength(3);
});

test("remove forgets the host", async () => {
  api.on("DELETE /ferry/v1/hosts/compute1", { status: 204 });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("host", "remove", "compute1")).toBe(0);
  expect(world.out.text).toContain("Its guests run on");
});

test.each([[".."], ["."], ["a/b"], ["%2e%2e"], ["a b"]])("a host named %j never becomes part of an address", async (name) => {
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("host", "remove", name)).toBe(64);
  expect(api.requests.filter(({ path }) => path.startsWith("/ferry"))).toEqual([]);
});

const dead = { host_id: "5d1f0c52-3f0b-4f0e-9a53-0c1d6f3b7a01", boot_id: "0b0070de-0000-4000-8000-000000000001", fence: null };

test("fence is for the last boot that ferry has seen", async () => {
  api.on("GET /ferry/v1/hosts/compute1/fence", { body: dead });
  api.on("POST /ferry/v1/hosts/compute1/fence", { status: 201, body: dead });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("host", "fence", "compute1", "--method", "ipmi", "--note", "read back off")).toBe(0);
  expect(api.asked("POST /ferry/v1/hosts/compute1/fence")[0]?.body).toEqual({
    method: "ipmi",
    note: "read back off",
    boot_id: dead.boot_id,
  });
  expect(world.out.text).toContain("ferry host-evacuate compute1");
});

test("fence of a host whose boot is not known asks for nothing", async () => {
  api.on("GET /ferry/v1/hosts/compute1/fence", { body: { ...dead, boot_id: null } });
  const world = makeWorld({ url: api.url });
  expect(await world.ferry("host", "fence", "compute1", "--method", "manual", "--note", "off")).toBe(64);
  expect(world.err.text).toContain("never learned which boot");
});
