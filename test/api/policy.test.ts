import { bodySchemaAt, contractOperations, type OperationId, operationOf } from "@ferry/contract";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { actionValues } from "./support/action-values.ts";
import { ids, now, requests, type UserName } from "./support/ids.ts";
import { authority, openWorld, type World } from "./support/world.ts";

/** Who may do what, written down a second time and without looking at the table that decides: the weakest role, or who needs none. */
const weakest: Readonly<Record<OperationId, "nobody" | "token" | "reader" | "member" | "manager" | "admin">> = {
  listVersions: "nobody",
  showVersion: "nobody",
  showLegacyVersion: "nobody",
  listIdentityVersions: "nobody",
  showIdentityVersion: "nobody",
  issueToken: "nobody",
  validateToken: "token",
  checkToken: "token",
  revokeToken: "token",
  listAuthProjects: "token",
  listAuthCatalog: "token",
  listAuthDomains: "token",
  listAuthSystem: "token",
  listUsers: "admin",
  createUser: "admin",
  showUser: "admin",
  updateUser: "admin",
  deleteUser: "admin",
  changePassword: "admin",
  listUserProjects: "admin",
  listApplicationCredentials: "admin",
  createApplicationCredential: "admin",
  showApplicationCredential: "admin",
  deleteApplicationCredential: "admin",
  listProjects: "admin",
  createProject: "admin",
  showProject: "token",
  updateProject: "admin",
  deleteProject: "admin",
  listUserRoles: "admin",
  assignRole: "admin",
  checkRole: "admin",
  unassignRole: "admin",
  listRoles: "admin",
  showRole: "admin",
  listRoleAssignments: "admin",
  listDomains: "token",
  showDomain: "token",
  listRegions: "token",
  showRegion: "token",
  listCatalogServices: "admin",
  showCatalogService: "admin",
  listEndpoints: "admin",
  showEndpoint: "admin",
  listServers: "reader",
  listServersDetail: "reader",
  showServer: "reader",
  deleteServer: "member",
  updateServer: "member",
  listServerMetadata: "reader",
  updateServerMetadata: "member",
  replaceServerMetadata: "member",
  showServerMetadataItem: "reader",
  updateServerMetadataItem: "member",
  deleteServerMetadataItem: "member",
  listServerTags: "reader",
  replaceServerTags: "member",
  deleteServerTags: "member",
  checkServerTag: "reader",
  addServerTag: "member",
  deleteServerTag: "member",
  listServerAddresses: "reader",
  listServerInterfaces: "reader",
  showServerInterface: "reader",
  attachServerInterface: "member",
  detachServerInterface: "member",
  showServerPassword: "reader",
  clearServerPassword: "member",
  showServerTopology: "reader",
  showServerDiagnostics: "admin",
  createRemoteConsole: "member",
  showServerAddresses: "reader",
  createServer: "member",
  serverAction: "manager",
  listServerMigrations: "manager",
  showServerMigration: "admin",
  abortServerMigration: "manager",
  listMigrations: "manager",
  listSecurityGroups: "reader",
  createSecurityGroup: "member",
  showSecurityGroup: "reader",
  updateSecurityGroup: "member",
  deleteSecurityGroup: "member",
  createSecurityGroupRule: "member",
  deleteSecurityGroupRule: "member",
  listServerSecurityGroups: "reader",
  showServerFirewall: "reader",
  listHypervisors: "admin",
  listHypervisorsDetail: "admin",
  showHypervisor: "admin",
  listServices: "admin",
  updateService: "admin",
  listInstanceActions: "reader",
  showInstanceAction: "reader",
  listFlavors: "reader",
  listFlavorsDetail: "reader",
  showFlavor: "reader",
  createFlavor: "admin",
  deleteFlavor: "admin",
  updateFlavor: "admin",
  listFlavorExtraSpecs: "reader",
  listKeyPairs: "token",
  createKeyPair: "token",
  showKeyPair: "token",
  deleteKeyPair: "token",
  listServerGroups: "reader",
  createServerGroup: "member",
  showServerGroup: "reader",
  deleteServerGroup: "member",
  listAggregates: "admin",
  createAggregate: "admin",
  showAggregate: "admin",
  updateAggregate: "admin",
  deleteAggregate: "admin",
  aggregateAction: "admin",
  listZones: "reader",
  listZonesDetail: "admin",
  showHypervisorStatistics: "admin",
  showHypervisorUptime: "admin",
  searchHypervisors: "admin",
  listHypervisorServers: "admin",
  deleteService: "admin",
  listComputeHosts: "admin",
  showComputeHost: "admin",
  updateComputeHost: "admin",
  startupComputeHost: "admin",
  shutdownComputeHost: "admin",
  rebootComputeHost: "admin",
  listTenantUsages: "admin",
  showTenantUsage: "reader",
  listExtensions: "reader",
  showExtension: "reader",
  listAgents: "token",
  createAgent: "token",
  updateAgent: "token",
  deleteAgent: "token",
  listCells: "token",
  listFpings: "token",
  showLimits: "reader",
  showQuotaSet: "reader",
  updateQuotaSet: "admin",
  deleteQuotaSet: "admin",
  showDefaultQuotas: "reader",
  showQuotaDetails: "reader",
  showQuotaClass: "admin",
  updateQuotaClass: "admin",
  setFlavorExtraSpecs: "admin",
  showFlavorExtraSpec: "reader",
  setFlavorExtraSpec: "admin",
  removeFlavorExtraSpec: "admin",
  listFlavorAccess: "admin",
  flavorAction: "admin",
  listImages: "reader",
  addImage: "member",
  showImage: "reader",
  uploadImage: "member",
  removeImage: "member",
  listImageVersions: "nobody",
  listImagesV2: "reader",
  createImageV2: "member",
  showImageV2: "reader",
  updateImageV2: "member",
  deleteImageV2: "member",
  uploadImageV2: "member",
  downloadImageV2: "reader",
  addImageTag: "member",
  removeImageTag: "member",
  showImageSchema: "reader",
  showImagesSchema: "reader",
  listHosts: "admin",
  addHost: "admin",
  scanHost: "admin",
  showHost: "admin",
  changeHost: "admin",
  removeHost: "admin",
  checkHost: "admin",
  fenceHost: "admin",
  showFence: "admin",
  listVolumes: "reader",
  createVolume: "member",
  adoptVolume: "admin",
  showVolume: "reader",
  deleteVolume: "member",
  listVolumeAttachments: "reader",
  attachVolume: "member",
  showVolumeAttachment: "reader",
  updateVolumeAttachment: "member",
  detachVolume: "member",
  listPools: "admin",
  showPool: "admin",
  definePool: "admin",
  switchPool: "admin",
  removePool: "admin",
  showSshKey: "admin",
  preflight: "admin",
  showMigration: "manager",
  streamEvents: "manager",
  health: "nobody",
  openapi: "nobody",
  showDocs: "nobody",
  showDocsFile: "nobody",
};
/** The same for each action of a server. */
const weakestForAction: Readonly<Record<string, "member" | "manager" | "admin">> = {
  "os-migrateLive": "manager",
  migrate: "manager",
  evacuate: "admin",
  rebuild: "member",
  resize: "member",
  confirmResize: "member",
  revertResize: "member",
  "os-start": "member",
  "os-stop": "member",
  reboot: "member",
  pause: "member",
  unpause: "member",
  suspend: "member",
  resume: "member",
  lock: "member",
  unlock: "member",
  "os-resetState": "admin",
  forceDelete: "member",
  addSecurityGroup: "member",
  removeSecurityGroup: "member",
  createImage: "member",
  createBackup: "member",
  shelve: "member",
  shelveOffload: "admin",
  unshelve: "member",
  rescue: "member",
  unrescue: "member",
  restore: "member",
  changePassword: "member",
  trigger_crash_dump: "member",
  "os-getConsoleOutput": "member",
};
const ladder = ["nobody", "token", "reader", "member", "manager", "admin"];

/** Requests that get past everything but the rule, and then fail without changing anything. */
const bodies: Readonly<Record<string, object>> = {
  issueToken: { auth: { identity: { methods: ["token"], token: { id: "nonsense" } } } },
  serverAction: { "os-migrateLive": { host: null, block_migration: true } },
  updateServer: { server: {} },
  updateServerMetadata: { metadata: {} },
  replaceServerMetadata: { metadata: {} },
  updateServerMetadataItem: { meta: { other: "key" } },
  replaceServerTags: { tags: [] },
  attachServerInterface: { interfaceAttachment: {} },
  createRemoteConsole: { remote_console: { protocol: "vnc", type: "novnc" } },
  createServer: { server: { name: "new", imageRef: "none", flavorRef: "1", networks: "none" } },
  createFlavor: { flavor: { id: "1", name: "m1.other", ram: 1, vcpus: 1, disk: 1 } },
  createKeyPair: { keypair: { name: "laptop", public_key: "nonsense" } },
  createServerGroup: { server_group: { name: "g", policy: "affinity", rules: { max_server_per_host: 1 } } },
  updateFlavor: { flavor: { description: null } },
  setFlavorExtraSpecs: { extra_specs: { "hw:numa_nodes": "1" } },
  setFlavorExtraSpec: { "hw:numa_nodes": "1" },
  flavorAction: { addTenantAccess: { tenant: ids.labProject } },
  addImage: { name: "debian", disk_format: "unknown" },
  createUser: { user: {} },
  updateUser: { user: { enabled: true } },
  changePassword: { user: { original_password: "one", password: "other" } },
  createProject: { project: {} },
  updateProject: { project: { enabled: true } },
  createApplicationCredential: { application_credential: { name: "backup" } },
  createImageV2: { name: "debian", disk_format: "unknown" },
  updateImageV2: [{ op: "remove", path: "/os_distro" }],
  changeHost: { network_map: {} },
  fenceHost: { method: "manual", note: "off", boot_id: "0b0070de-0000-4000-8000-000000000002" },
  updateService: { host: "compute1", binary: "nova-compute" },
  addHost: { name: "compute1", address: "198.18.78.13", host_key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJkqv1nV7m0xF8mZ0vNfZ1Q0" },
  scanHost: { address: "198.18.78.13" },
  definePool: { host: "compute9", name: "fast", source: { kind: "dir", path: "/srv/fast" } },
  switchPool: { active: true },
  createVolume: { host: "compute9", pool: "default", size: 1 },
  adoptVolume: { host: "compute9", pool: "default", volume_name: "old.qcow2", format: "qcow2" },
  attachVolume: { volumeAttachment: { volumeId: ids.unknown } },
  updateVolumeAttachment: { volumeAttachment: { volumeId: ids.unknown } },
  preflight: { host: null },
  updateComputeHost: { status: "enable" },
  createAggregate: { aggregate: { name: "" } },
  updateAggregate: { aggregate: {} },
  aggregateAction: { add_host: { host: "nowhere" } },
  updateQuotaSet: { quota_set: { cores: "none" } },
  updateQuotaClass: { quota_class_set: { cores: "none" } },
};
const values: Readonly<Record<string, string>> = {
  server_id: ids.web1,
  migration_id: "9",
  hypervisor_id: ids.compute1,
  request_id: requests.running,
  host_id: "compute1",
  pool_name: "nosuch",
  user_id: ids.unknown,
  flavor_id: "99",
  spec_key: "hw:numa_nodes",
  image_id: ids.unknown,
  security_group_id: ids.spareGroup,
  rule_id: ids.unknown,
  volume_id: ids.unknown,
  keypair_name: "nosuch",
  server_group_id: ids.unknown,
  project_id: ids.opsProject,
  aggregate_id: "9",
  compute_host: "nosuch",
  alias: "nosuch",
  agent_id: "1",
  quota_class: "default",
};

let world: World;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now });
  world = await openWorld({ worker: false });
});
afterAll(async () => {
  await world.close();
  vi.useRealTimers();
});

async function ask(operation: (typeof contractOperations)[number], as: UserName): Promise<{ status: number; body: string }> {
  const payload = bodies[operation.id];
  const url = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");
  // A stream would not end: a wrong filter is refused after the rule was tested.
  const query = operation.id === "streamEvents" ? "?server=x" : "";
  const response = await world.app.inject({
    method: operation.method.toUpperCase() as "GET",
    url: url + query,
    headers: {
      host: authority,
      "x-auth-token": world.tokens[as],
      "x-subject-token": "nonsense",
      "openstack-api-version": `compute ${operation.range?.max ?? "2.96"}`,
    },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: response.statusCode, body: response.body };
}

describe.each(contractOperations.map((operation) => [operation.id, operation] as const))("%s", (id, operation) => {
  it.each(["reader", "member", "manager", "admin"] as const)("is open to a %s exactly when the table says so", async (role) => {
    const { status, body } = await ask(operation, role);
    const allowed = ladder.indexOf(role) >= ladder.indexOf(weakest[id]);
    expect(status === 403, body).toBe(!allowed);
    if (!allowed && operation.method !== "head") expect(body).toContain("Policy doesn't allow");
  });

  it.each(["foreignReader", "foreignManager"] as const)("tells a %s nothing of another project's servers", async (name) => {
    const { status, body } = await ask(operation, name);
    if (operation.path.includes("{server_id}")) expect(status).toBe(404);
    for (const secret of ["compute1", "db1", "held1", ids.runningMigration]) {
      if (status < 400) expect(body).not.toContain(secret);
    }
  });
});

const actionNames = Object.keys(bodySchemaAt(operationOf("serverAction"), 96)?.properties ?? {});

describe.each(actionNames)("the action %s", (action) => {
  /** Naming a host has a rule of its own. */
  const values: Readonly<Record<string, unknown>> = {
    ...actionValues,
    "os-migrateLive": { host: null, block_migration: true },
    migrate: null,
  };
  const act = (as: UserName) =>
    world.app.inject({
      method: "POST",
      url: `/v2.1/servers/${ids.web1}/action`,
      headers: { host: authority, "x-auth-token": world.tokens[as], "openstack-api-version": "compute 2.96" },
      payload: { [action]: values[action] },
    });

  it.each(["reader", "member", "manager", "admin"] as const)("is open to a %s exactly when the table says so", async (role) => {
    const needed = weakestForAction[action];
    expect(needed, `Add the weakest role that may ask for ${action} to "weakestForAction" in test/api/policy.test.ts.`).toBeDefined();
    const { statusCode, body } = await act(role);
    const allowed = ladder.indexOf(role) >= ladder.indexOf(needed ?? "");
    expect(statusCode === 403, body).toBe(!allowed);
    if (!allowed) expect(body).toContain("Policy doesn't allow");
  });

  it.each(["foreignReader", "foreignManager"] as const)("tells a %s that there is no such server", async (name) => {
    const { statusCode, body } = await act(name);
    expect([statusCode, body]).toEqual([404, expect.stringContaining(`Instance ${ids.web1} could not be found.`)]);
  });
});

describe("naming a host for a move", () => {
  it.each([
    ["os-migrateLive", { host: "compute2", block_migration: "auto" }, "os_compute_api:os-migrate-server:migrate_live:host"],
    ["migrate", { host: "compute2" }, "os_compute_api:os-migrate-server:migrate:host"],
  ])("by %s is for administrators", async (action, value, rule) => {
    const { statusCode, body } = await world.app.inject({
      method: "POST",
      url: `/v2.1/servers/${ids.db1}/action`,
      headers: { host: authority, "x-auth-token": world.tokens.manager, "openstack-api-version": "compute 2.96" },
      payload: { [action]: value },
    });
    expect([statusCode, body]).toEqual([403, expect.stringContaining(rule)]);
  });
});

describe("every route", () => {
  it("names its rule, or is open on purpose", () => {
    const open = contractOperations.filter((operation) => operation.open).map((operation) => operation.id);
    expect(open).toEqual(Object.entries(weakest).flatMap(([id, role]) => (role === "nobody" ? [id] : [])));
  });
});
