import { bodySchemaAt, contractOperations, minorOf, type Operation, operationOf, parametersAt, type Schema } from "@ferry/contract";
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { actionValues } from "./support/action-values.ts";
import { faultyBodies, takes } from "./support/faulty-bodies.ts";
import { ids, now, requests, type UserName } from "./support/ids.ts";
import { authority, openWorld, type World } from "./support/world.ts";

/** Requests that nobody should send, made from the contract. None may be answered with 500, and each gets the status that its fault deserves. */
let world: World;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now });
  world = await openWorld({ worker: false });
});
afterAll(async () => {
  await world.close();
  vi.useRealTimers();
});

/** Parameters of the path that name something which is there. */
const there: Readonly<Record<string, string>> = {
  server_id: ids.db1,
  migration_id: "11",
  hypervisor_id: ids.compute1,
  request_id: requests.completed,
  host_id: "compute1",
  pool_name: "default",
  docs_file: "start.js",
  image_tag: "x",
  service_id: ids.compute1,
  flavor_id: ids.unknown,
  image_id: ids.emptyImage,
  volume_id: ids.dataVolume,
  security_group_id: ids.spareGroup,
  rule_id: ids.httpRule,
  keypair_name: "laptop",
  spec_key: "hw:numa_nodes",
  server_group_id: ids.pairsGroup,
  project_id: ids.opsProject,
  aggregate_id: "3",
  compute_host: "compute1",
  alias: "servers",
  agent_id: "1",
  quota_class: "default",
  key: "tier",
  tag: "gold",
  port_id: ids.db1Port,
  network_label: "default",
  user_id: "9d1c220000000000000000000000000d",
  role_id: "61faddd8c04e41c1d85ae5def6949346",
  application_credential_id: "none-is-seeded",
  domain_id: "default",
  region_id: "RegionOne",
  endpoint_id: "ee00ab6b434f93c484aaa6ef794e72ee",
};

const pathOf = (operation: Operation, values: Readonly<Record<string, string>> = there): string =>
  operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? "x"));

/** Bodies that the contract accepts, by operation. */
const bodies: Readonly<Record<string, object>> = {
  updateServer: { server: { name: "db1" } },
  updateServerMetadata: { metadata: { tier: "1" } },
  replaceServerMetadata: { metadata: { tier: "1" } },
  updateServerMetadataItem: { meta: { tier: "1" } },
  replaceServerTags: { tags: ["gold"] },
  attachServerInterface: { interfaceAttachment: { net_id: ids.unknown } },
  createRemoteConsole: { remote_console: { protocol: "vnc", type: "novnc" } },
  createServer: { server: { name: "new", imageRef: "none", flavorRef: "1", networks: "none" } },
  createFlavor: { flavor: { name: "c4.huge", id: "c4", ram: 1024, vcpus: 1, disk: 1, swap: 0 } },
  createKeyPair: { keypair: { name: "new", public_key: "nonsense", type: "ssh" } },
  createServerGroup: { server_group: { name: "new", policy: "affinity" } },
  updateFlavor: { flavor: { description: "text" } },
  setFlavorExtraSpecs: { extra_specs: { "hw:numa_nodes": "1" } },
  setFlavorExtraSpec: { "hw:numa_nodes": "1" },
  flavorAction: { addTenantAccess: { tenant: ids.labProject } },
  addImage: { name: "debian", disk_format: "raw", source: { host: "compute1", pool: "default", volume: "debian.raw" } },
  createUser: { user: { name: "dora", password: "pw", domain_id: "default", email: "d@example.org" } },
  updateUser: { user: { enabled: true } },
  changePassword: { user: { original_password: "one", password: "other" } },
  createProject: { project: { name: "new", description: "", enabled: true } },
  updateProject: { project: { description: "Operations" } },
  createApplicationCredential: { application_credential: { name: "backup", roles: [{ name: "reader" }] } },
  createImageV2: { name: "debian", disk_format: "raw", tags: ["stable"] },
  issueToken: { auth: { identity: { methods: ["token"], token: { id: "nonsense" } } } },
  serverAction: { "os-migrateLive": { host: "compute1", block_migration: true } },
  changeHost: { network_map: { "bridge:br0": "bridge:br-tenant" } },
  addHost: { address: "198.18.78.13", host_key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJkqv1nV7m0xF8mZ0vNfZ1Q0m4oX8o3l7n0bq6pT2WcE" },
  scanHost: { address: "198.18.78.13" },
  preflight: { host: null },
  updateService: { status: "enabled" },
  updateComputeHost: { status: "enable", maintenance_mode: "disable" },
  createAggregate: { aggregate: { name: "new", availability_zone: "west" } },
  updateAggregate: { aggregate: { name: "empty", availability_zone: null } },
  aggregateAction: { set_metadata: { metadata: { ssd: "true" } } },
  updateQuotaSet: { quota_set: { instances: 50, cores: "-1", force: false } },
  updateQuotaClass: { quota_class_set: { instances: 50, server_groups: "-1" } },
  fenceHost: { method: "ipmi", note: "switched off", boot_id: ids.unknown },
  definePool: { host: "compute1", name: "fast", source: { kind: "dir", path: "/srv/fast" } },
  switchPool: { active: true },
  createVolume: { host: "compute1", pool: "default", size: 4, name: "data", format: "qcow2" },
  adoptVolume: { host: "compute1", pool: "default", volume_name: "old.qcow2", format: "qcow2", name: "old" },
  attachVolume: { volumeAttachment: { volumeId: ids.unknown } },
  updateVolumeAttachment: { volumeAttachment: { volumeId: ids.unknown } },
  createSecurityGroup: { security_group: { name: "web2", description: "" } },
  updateSecurityGroup: { security_group: { name: "spare", description: "" } },
  createSecurityGroupRule: {
    security_group_rule: { parent_group_id: ids.webGroup, ip_protocol: "tcp", from_port: 22, to_port: 22, cidr: "10.0.0.0/8" },
  },
};

interface Asked {
  readonly as?: UserName | null;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly payload?: string | object;
  readonly microversion?: string;
}

async function ask(
  operation: Operation,
  { as = "admin", path, headers = {}, payload, microversion = operation.range?.max ?? "2.96" }: Asked,
): Promise<LightMyRequestResponse> {
  const options: InjectOptions = {
    method: operation.method.toUpperCase() as "GET",
    url: path ?? pathOf(operation),
    headers: {
      host: authority,
      "openstack-api-version": `compute ${microversion}`,
      ...(as === null ? {} : { "x-auth-token": world.tokens[as] }),
      ...headers,
    },
    ...(payload === undefined ? {} : { payload }),
  };
  const response = await world.app.inject(options);
  expect(response.statusCode, `${operation.id} ${JSON.stringify(options)} ${response.body}`).not.toBe(500);
  return response;
}

const closed = contractOperations.filter((operation) => !operation.open);
const compute = contractOperations.filter((operation) => operation.path.startsWith("/v2.1/"));
const withBody = contractOperations.filter((operation) => bodySchemaAt(operation, 96) !== null);
const actionSchema = (minor: number): Schema => bodySchemaAt(operationOf("serverAction"), minor) ?? {};
const actionNames = Object.keys(actionSchema(96).properties ?? {});
const streams = (operation: Operation): boolean => operation.id === "streamEvents";
const named = (operations: readonly Operation[]) => operations.map((operation) => [operation.id, operation] as const);

describe("without a good token", () => {
  it.each(named(closed))("%s is 401 in identity's form", async (_, operation) => {
    for (const token of [null, "", "nonsense", "x".repeat(10_000)]) {
      const headers = token === null ? {} : { "x-auth-token": token };
      const response = await ask(operation, { as: null, headers });
      expect(response.statusCode).toBe(401);
      expect(response.headers["www-authenticate"]).toBe(`Keystone uri="http://${authority}/identity"`);
      if (operation.method !== "head") expect(response.json()).toMatchObject({ error: { code: 401, title: "Unauthorized" } });
    }
  });
});

describe("microversions", () => {
  it.each(named(compute))("%s refuses what it cannot speak", async (_, operation) => {
    expect((await ask(operation, { microversion: "2.97" })).statusCode).toBe(406);
    expect((await ask(operation, { microversion: "3.1" })).statusCode).toBe(406);
    for (const malformed of ["2", "2.01", "x", "2.1.1", "-2.1", "2.999999999999999999999x"]) {
      const response = await ask(operation, { microversion: malformed });
      expect(response.statusCode).toBe(400);
      expect(response.headers["openstack-api-version"]).toBeUndefined();
    }
  });

  it.each(named(compute.filter((operation) => operation.range?.min !== undefined)))("%s is 404 before it exists", async (_, operation) => {
    const before = minorOf(operation.range?.min ?? "2.1") - 1;
    expect((await ask(operation, { microversion: `2.${before}` })).statusCode).toBe(404);
  });

  it.each(named(compute.filter((operation) => operation.range?.max !== undefined)))("%s is 404 when it is gone", async (_, operation) => {
    const after = minorOf(operation.range?.max ?? "2.96") + 1;
    expect((await ask(operation, { microversion: `2.${after}` })).statusCode).toBe(404);
  });
});

/** The newest minor version of the operation, and the last one before each at which the schema becomes another. */
function turnsOf({ range = {} }: Operation, schemaOf: (minor: number) => unknown): number[] {
  const written = Array.from({ length: 97 }, (_, minor) => JSON.stringify(schemaOf(minor)));
  const { min = "2.1", max = "2.96" } = range;
  const [first, last] = [minorOf(min), minorOf(max)];
  const turns = written.flatMap((text, minor) => (minor > first && minor <= last && text !== written[minor - 1] ? [minor - 1] : []));
  return [last, ...turns.toReversed()];
}

const newestOf = (operation: Operation): number => minorOf(operation.range?.max ?? "2.96");

describe("fixtures of this test", () => {
  it.each(named(withBody))("%s has a body that the contract accepts", (id, operation) => {
    const good = bodies[id];
    expect(good, `Add a body that the contract accepts for ${id} to "bodies" in test/api/negative.test.ts.`).toBeDefined();
    const schema = bodySchemaAt(operation, newestOf(operation)) ?? {};
    expect(takes(schema, good), `The body of ${id} in "bodies" of test/api/negative.test.ts is not what the contract takes.`).toBe(true);
  });

  it.each(actionNames)("the action %s has a value that the contract accepts", (action) => {
    const hint = `Add a value that the contract accepts for the action ${action} to test/api/support/action-values.ts.`;
    expect(Object.hasOwn(actionValues, action), hint).toBe(true);
    expect(takes(actionSchema(96).properties?.[action] ?? {}, actionValues[action]), hint).toBe(true);
  });

  it("name something for each part of a path", () => {
    const parts = contractOperations.flatMap(({ path }) => path.match(/(?<=\{)\w+(?=\})/g) ?? []);
    const missing = [...new Set(parts)].filter((part) => !Object.hasOwn(there, part));
    expect(missing, `Add what these parts of paths may name to "there" in test/api/negative.test.ts.`).toEqual([]);
  });
});

describe("bodies", () => {
  const faulty = withBody.flatMap((operation) =>
    operation.id === "serverAction"
      ? []
      : turnsOf(operation, (minor) => bodySchemaAt(operation, minor)).map((minor) => [operation.id, minor, operation] as const),
  );

  /** Values do not differ between versions: only the newest gets every wrong one. */
  async function expectRefused(operation: Operation, schema: Schema, good: unknown, minor: number): Promise<void> {
    for (const { what, ofShape, body, forbidden } of faultyBodies(schema, good)) {
      if (!ofShape && minor !== newestOf(operation)) continue;
      const headers = { "content-type": "application/json" };
      const response = await ask(operation, { payload: JSON.stringify(body), headers, microversion: `2.${minor}` });
      if (!forbidden) continue;
      expect(response.statusCode, `${operation.id} at 2.${minor} took ${what}`).toBe(400);
      const [fault] = Object.values(response.json<Record<string, { message: string }>>());
      expect(fault?.message.length).toBeGreaterThan(0);
    }
  }

  it.each(faulty)("%s at 2.%i refuses every faulty variant with 400", async (id, minor, operation) => {
    await expectRefused(operation, bodySchemaAt(operation, minor) ?? {}, bodies[id], minor);
  });

  it.each(actionNames)("the action %s refuses every faulty variant with 400, at each version", async (action) => {
    const operation = operationOf("serverAction");
    const alone = (minor: number): Schema => {
      const { properties = {}, ...rest } = actionSchema(minor);
      return { ...rest, properties: Object.fromEntries(Object.entries(properties).filter(([key]) => key === action)) };
    };
    for (const minor of turnsOf(operation, alone)) {
      await expectRefused(operation, alone(minor), { [action]: actionValues[action] }, minor);
    }
  });

  it.each(named(withBody))("%s tells apart no JSON, broken JSON, another type, too much", async (_, operation) => {
    const json = { "content-type": "application/json" };
    expect((await ask(operation, {})).statusCode).toBe(400);
    expect((await ask(operation, { payload: "", headers: json })).statusCode).toBe(400);
    expect((await ask(operation, { payload: "{", headers: json })).statusCode).toBe(400);
    expect((await ask(operation, { payload: '{"__proto__": {"a": 1}}', headers: json })).statusCode).toBe(400);
    expect((await ask(operation, { payload: "<a/>", headers: { "content-type": "application/xml" } })).statusCode).toBe(415);
    expect((await ask(operation, { payload: `{"a":"${"x".repeat(200_000)}"}`, headers: json })).statusCode).toBe(413);
  });
});

describe("states", () => {
  /** What Nova does also while a server is on its way, or refuses for another reason first. */
  const whateverState = [
    "lock",
    "unlock",
    "os-resetState",
    "forceDelete",
    "addSecurityGroup",
    "removeSecurityGroup",
    "os-getConsoleOutput",
  ];
  const otherReason: Readonly<Record<string, number>> = { evacuate: 400, rebuild: 400 };
  const stated = Object.entries(actionSchema(96).properties ?? {})
    .filter(([action, schema]) => !whateverState.includes(action) && schema["x-declined"] === undefined)
    .map(([action]) => action);

  it.each(stated)("the action %s is 409 for a server that is on its way", async (action) => {
    const path = `/v2.1/servers/${ids.app1}/action`;
    const response = await ask(operationOf("serverAction"), { path, payload: { [action]: actionValues[action] } });
    expect(response.statusCode, response.body).toBe(otherReason[action] ?? 409);
  });
});

describe("queries", () => {
  const questionable = contractOperations.filter((operation) => operation.method === "get" && !operation.open);
  const junk = [
    "",
    "x",
    "'",
    "%00",
    "a".repeat(3000),
    "-1",
    "99999999999999999999",
    "[",
    "(?<",
    "\\",
    "1e9",
    "null",
    "{}",
    "%F0%9F%92%A9",
    "%ED%A0%80",
    "2147483648",
    "9999-12-31T23:59:59.999999999Z",
    "0000-00-00T00:00:00Z",
    "0001-01-01",
    "275760-09-13T00:00:00Z",
  ];

  it.each(named(questionable))("%s stands any value of any key", async (_, operation) => {
    for (const parameter of parametersAt(operation, "query", 96)) {
      for (const value of junk) {
        const path = `${pathOf(operation)}?${parameter.name}=${value}&${parameter.name}=${value}`;
        if (streams(operation) && value === "") continue;
        const { statusCode } = await ask(operation, { path, headers: { "x-subject-token": world.tokens.reader } });
        expect([200, 400, 404], `${path} ${statusCode}`).toContain(statusCode);
      }
    }
  });

  it.each(named(contractOperations.filter((operation) => operation.strictQueryFrom !== null)))(
    "%s refuses an unknown key",
    async (_, operation) => {
      const payload = bodies[operation.id];
      const response = await ask(operation, { path: `${pathOf(operation)}?surprise=1`, ...(payload === undefined ? {} : { payload }) });
      expect(response.statusCode).toBe(400);
      expect(response.body).toContain("surprise");
    },
  );
});

describe("paths", () => {
  const withPath = closed.filter((operation) => operation.path.includes("{"));
  const unknown = [
    ids.unknown,
    "0",
    "99999999999999999999",
    "x",
    "...",
    "../..",
    "'; DROP TABLE servers; --",
    "a".repeat(255),
    "\u0000",
    "💩",
  ];

  /** Texts that the caller chooses: any will do. */
  const chosen = ["image_tag"];

  /** Whoever is unknown has used nothing, which is an answer; what is retired looks at no ids; and what is searched for may be any text. */
  const indifferent = ["showTenantUsage", "updateAgent", "deleteAgent", "searchHypervisors", "listHypervisorServers"];

  it.each(named(withPath.filter(({ id }) => !indifferent.includes(id))))(
    "%s: unknown ids are 404, or 400 where only a uuid can be one",
    async (id, operation) => {
      for (const name of operation.path.match(/(?<=\{)\w+(?=\})/g) ?? []) {
        if (chosen.includes(name) || (id === "addServerTag" && name === "tag")) continue;
        for (const value of unknown) {
          const payload = bodies[id];
          const response = await ask(operation, {
            path: pathOf(operation, { ...there, [name]: value }),
            ...(payload === undefined ? {} : { payload }),
          });
          expect(id === "showHypervisor" ? [400, 404] : [404, 400], `${name}=${value}: ${response.body}`).toContain(response.statusCode);
          expect([200, 202, 204]).not.toContain(response.statusCode);
        }
      }
    },
  );

  it("an unknown path is 404, another method of a known one 405, a broken path 400 or 404", async () => {
    const headers = { host: authority, "x-auth-token": world.tokens.admin };
    const status = async (method: "GET" | "PUT" | "DELETE", url: string): Promise<number> =>
      (await world.app.inject({ method, url, headers })).statusCode;
    expect(await status("GET", "/v2.1/flavours")).toBe(404);
    expect(await status("GET", "/nothing")).toBe(404);
    expect(await status("PUT", "/v2.1/os-hypervisors/detail")).toBe(405);
    expect(await status("DELETE", "/v2.1/os-services")).toBe(405);
    expect([400, 404]).toContain(await status("GET", "/v2.1/servers/%zz"));
  });
});

describe("headers", () => {
  it("a Host header that is none is not repeated in links", async () => {
    for (const host of ["evil.example/path", "a b", '"><script>', "x".repeat(500)]) {
      const response = await world.app.inject({ method: "GET", url: "/", headers: { host } });
      expect(response.statusCode).toBe(200);
      expect(response.body).not.toContain(host);
    }
  });

  it("the caller's own request id is taken without complaint and not used", async () => {
    const headers = { host: authority, "x-openstack-request-id": "req-mine", "x-request-id": "mine" };
    const response = await world.app.inject({ method: "GET", url: "/", headers });
    expect(response.headers["x-openstack-request-id"]).not.toContain("mine");
  });
});
