import { readdirSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { escapeControls } from "../src/output/escape.ts";
import { FakeApi, type Reply } from "./support/fake-api.ts";
import { migration, server } from "./support/samples.ts";
import { makeWorld } from "./support/world.ts";

/** A golden request with its answer, as the API's own tests check them. */
interface Example {
  readonly operation: string;
  readonly title: string;
  readonly request: { readonly method: string; readonly path: string; readonly body?: Record<string, unknown> };
  readonly answer?: Reply & { readonly status: number };
}

const directory = new URL("../../../openapi/examples/", import.meta.url);
const examples = readdirSync(directory).map((name) => JSON.parse(readFileSync(new URL(name, directory), "utf8")) as Example);

const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

/** The command that asks for an action, by the key that names it in the body. */
function actionWords(body: Record<string, unknown>): string[] {
  const known: Record<string, string[]> = {
    migrate: ["migrate", "--no-wait"],
    evacuate: ["evacuate", "--no-wait"],
    resize: ["resize", "--no-wait"],
    confirmResize: ["resize-confirm"],
    revertResize: ["resize-revert"],
    "os-start": ["start"],
    "os-stop": ["stop"],
    reboot: ["reboot"],
    pause: ["pause"],
    unpause: ["unpause"],
    suspend: ["suspend"],
    resume: ["resume"],
    lock: ["lock"],
    unlock: ["unlock"],
    "os-resetState": ["reset-state"],
    addSecurityGroup: ["add-secgroup"],
    removeSecurityGroup: ["remove-secgroup"],
    // It has no command of its own; any other one shows how its answers read.
    forceDelete: ["stop"],
  };
  return known[Object.keys(body)[0] ?? ""] ?? ["live-migration", "--no-wait"];
}

/** The security group that an action names. */
function groupNamedIn(body: Record<string, unknown>): string[] {
  const reference = (body["addSecurityGroup"] ?? body["removeSecurityGroup"]) as { name: string } | undefined;
  return reference === undefined ? [] : [reference.name];
}

/** The flavor that an action names. */
function flavorNamedIn(body: Record<string, unknown>): string[] {
  const { flavorRef } = (body["resize"] ?? {}) as { flavorRef?: string | number };
  return flavorRef === undefined ? [] : [String(flavorRef)];
}

/** A project's groups, among them those that examples name. */
const groups = (...ids: string[]) => ({
  body: { security_groups: ids.map((id) => ({ id, name: id, description: "", tenant_id: "t", rules: [] })) },
});

/** The command that asks for an operation: the path it needs, its arguments from what the path names, and the answers to what it asks besides. */
const commands: Record<
  string,
  {
    path: RegExp;
    args: (...named: string[]) => string[];
    words?: (example: Example) => string[];
    /** Arguments behind those. */
    more?: (example: Example) => string[];
    besides?: (example: Example, ...named: string[]) => Record<string, Reply>;
  }
> = {
  listHosts: { path: /^\/ferry\/v1\/hosts$/, args: () => ["host", "list"] },
  showHost: { path: /^\/ferry\/v1\/hosts\/([\w.-]+)$/, args: (host) => ["host", "show", host] },
  checkHost: { path: /^\/ferry\/v1\/hosts\/([\w.-]+)\/check$/, args: (host) => ["host", "check", host] },
  fenceHost: {
    path: /^\/ferry\/v1\/hosts\/([\w.-]+)\/fence$/,
    args: (host) => ["host", "fence", host, "--method", "ipmi", "--note", "off"],
    besides: (_example, host) => ({
      [`GET /ferry/v1/hosts/${host}/fence`]: { body: { host_id: host, boot_id: "0b0070de-0000-4000-8000-000000000001", fence: null } },
    }),
  },
  removeHost: { path: /^\/ferry\/v1\/hosts\/([\w.-]+)$/, args: (host) => ["host", "remove", host] },
  addHost: {
    path: /^\/ferry\/v1\/hosts$/,
    args: () => ["host", "add", "h", "--accept-new"],
    besides: () => ({
      "POST /ferry/v1/hosts/scan": { body: { keys: [{ type: "ssh-ed25519", host_key: "ssh-ed25519 AAAA", fingerprint: "SHA256:x" }] } },
      "GET /ferry/v1/ssh-key": { body: { public_key: "ssh-ed25519 AAAA ferry" } },
    }),
  },
  listServersDetail: { path: /^\/v2\.1\/servers\/detail(?:\?[^%]*)?$/, args: () => ["list"] },
  preflight: {
    path: new RegExp(`^/ferry/v1/servers/(${uuid})/preflight$`),
    args: (id) => ["preflight", id],
    besides: (_example, id) => ({ [`GET /v2.1/servers/${id}`]: { body: { server: server({ id }) } } }),
  },
  serverAction: {
    path: new RegExp(`^/v2\\.1/servers/(${uuid})/action$`),
    words: ({ request }) => actionWords(request.body ?? {}),
    args: (id) => [id],
    more: ({ request }) => [...groupNamedIn(request.body ?? {}), ...flavorNamedIn(request.body ?? {})],
    besides: ({ answer, request }, id) => ({
      "GET /v2.1/flavors/detail": { body: { flavors: flavorNamedIn(request.body ?? {}).map((id) => ({ id, name: id })) } },
      [`GET /v2.1/servers/${id}`]: { body: { server: server({ id }) } },
      [`GET ${answer?.headers?.["location"]?.replace(/^https?:\/\/[^/]+/, "") ?? "/"}`]: { body: { migration: migration() } },
    }),
  },
  listSecurityGroups: { path: /^\/v2\.1\/os-security-groups$/, args: () => ["secgroup-list"] },
  createSecurityGroup: { path: /^\/v2\.1\/os-security-groups$/, args: () => ["secgroup-create", "mail"] },
  showSecurityGroup: {
    path: new RegExp(`^/v2\\.1/os-security-groups/(${uuid})$`),
    args: (id) => ["secgroup-show", id],
    besides: () => ({ "GET /v2.1/os-security-groups": groups() }),
  },
  deleteSecurityGroup: {
    path: new RegExp(`^/v2\\.1/os-security-groups/(${uuid})$`),
    args: (id) => ["secgroup-delete", id],
    besides: (_example, id = "") => ({ "GET /v2.1/os-security-groups": groups(id) }),
  },
  createSecurityGroupRule: {
    path: /^\/v2\.1\/os-security-group-rules$/,
    args: () => ["secgroup-add-rule", "web", "icmp", "-1", "-1", "0.0.0.0/0"],
    besides: () => ({ "GET /v2.1/os-security-groups": groups("web") }),
  },
  deleteSecurityGroupRule: {
    path: new RegExp(`^/v2\\.1/os-security-group-rules/(${uuid})$`),
    args: (id) => ["secgroup-delete-rule", id],
  },
  listServerSecurityGroups: {
    path: new RegExp(`^/v2\\.1/servers/(${uuid})/os-security-groups$`),
    args: (id) => ["list-secgroup", id],
    besides: (_example, id) => ({
      [`GET /v2.1/servers/${id}`]: { body: { server: server({ id }) } },
      [`GET /ferry/v1/servers/${id}/firewall`]: { body: { firewall: { guarded: true, pending: true, problem: "The host is away." } } },
    }),
  },
  deleteServer: {
    path: new RegExp(`^/v2\\.1/servers/(${uuid})$`),
    args: (id) => ["delete", id],
    besides: (_example, id) => ({ [`GET /v2.1/servers/${id}`]: { body: { server: server({ id }) } } }),
  },
  listInstanceActions: {
    path: new RegExp(`^/v2\\.1/servers/(${uuid})/os-instance-actions$`),
    args: (id) => ["instance-action-list", id],
  },
  showInstanceAction: {
    path: new RegExp(`^/v2\\.1/servers/(${uuid})/os-instance-actions/(req-[0-9a-f-]{36})$`),
    args: (id, request) => ["instance-action", id, request],
  },
  listServerMigrations: {
    path: new RegExp(`^/v2\\.1/servers/(${uuid})/migrations$`),
    args: (id) => ["server-migration-list", id],
    besides: (_example, id) => ({ [`GET /v2.1/servers/${id}`]: { body: { server: server({ id }) } } }),
  },
  showServerMigration: {
    path: new RegExp(`^/v2\\.1/servers/(${uuid})/migrations/(\\d+)$`),
    args: (id, number) => ["server-migration-show", id, number],
    besides: (_example, id) => ({ [`GET /v2.1/servers/${id}`]: { body: { server: server({ id }) } } }),
  },
  abortServerMigration: {
    path: new RegExp(`^/v2\\.1/servers/(${uuid})/migrations/(\\d+)$`),
    args: (id, number) => ["live-migration-abort", id, number],
    besides: (_example, id) => ({ [`GET /v2.1/servers/${id}`]: { body: { server: server({ id }) } } }),
  },
  showMigration: { path: new RegExp(`^/ferry/v1/migrations/(${uuid}|\\d+)$`), args: (id) => ["migration", "show", id] },
  listMigrations: {
    path: /^\/v2\.1\/os-migrations(?:\?[^%]*)?$/,
    args: () => ["migration", "list"],
    besides: () => ({ "GET /v2.1/servers/detail": { body: { servers: [server()] } } }),
  },
};

/** Nova's faults and Identity's: the sentence for people. */
const messageOf = (body: unknown): string => Object.values(body as Record<string, { message: string }>)[0]?.message ?? "";

const cases = examples.flatMap((example) => {
  const command = commands[example.operation];
  const named = command?.path.exec(example.request.path)?.slice(1);
  if (command === undefined || named === undefined || example.answer === undefined) return [];
  return [{ name: `${example.operation}: ${example.title}`, example, answer: example.answer, command, named }];
});

let api: FakeApi;
beforeEach(async () => {
  api = new FakeApi();
  await api.listen();
});
afterEach(() => api.close());

test.each(cases)("$name", async ({ example, answer, command, named }) => {
  for (const [route, reply] of Object.entries(command.besides?.(example, ...named) ?? {})) {
    api.on(route, reply);
    api.allowUnused(route);
  }
  api.on(`${example.request.method} ${example.request.path.split("?")[0]}`, answer);
  const world = makeWorld({ url: api.url });
  const exitCode = await world.ferry(...(command.words?.(example) ?? []), ...command.args(...named), ...(command.more?.(example) ?? []));
  if (answer.status < 300) {
    expect([world.err.text, exitCode]).toEqual(["", expect.toBeOneOf([0, 10])]);
    expect(world.out.text).not.toMatch(/undefined|NaN|\[object/);
  } else {
    expect(exitCode).toBeOneOf([1, 4, 10]);
    const code = answer.headers?.["x-ferry-error-code"];
    // The key line in this sentence has a line of its own on the terminal.
    const sentence = code === "HOST_LOGIN_REFUSED" ? "Cannot log in to host" : messageOf(answer.body);
    expect(world.err.text).toContain(`error: ${code}: ${escapeControls(sentence)}`);
  }
});

test("every operation that the commands use has an example", () => {
  const covered = new Set(cases.map(({ example }) => example.operation));
  expect(Object.keys(commands).filter((operation) => !covered.has(operation))).toEqual([]);
});
