import { randomUUID } from "node:crypto";
import { type BuildOrder, createAction, type FlavorSnapshot, fail, type GuestDefinition, type HostId, type ServerNic } from "@ferry/core";
import { runServerTaskTopic } from "./accept-server-task.ts";
import { beginEvent, finishEvents, markFailed } from "./action-writes.ts";
import type { Database, Transaction } from "./database.ts";
import { type NewEvent, withEvents } from "./events.ts";
import { Prisma } from "./generated/client.ts";
import { keepServerGroup } from "./group-situation.ts";
import { toJson } from "./json.ts";
import { keepQuota } from "./quotas.ts";
import { keepGroup } from "./security-groups.ts";

/** A request for a new server, with all decisions made that need no host. */
export interface NewServer {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly userId: string;
  /** Null: none could be found for it, `refused` says why of each. The server is then in error and is never made. */
  readonly host: { readonly id: HostId; readonly name: string } | null;
  readonly refused: string | null;
  readonly flavor: FlavorSnapshot;
  readonly rootGiB: number;
  readonly nics: readonly ServerNic[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly description: string | null;
  /** Base64. */
  readonly userData: string | null;
  readonly accessIPv4: string | null;
  readonly accessIPv6: string | null;
  readonly hostname: string;
  readonly keyName: string | null;
  /** Of all servers of one request. */
  readonly reservationId: string;
  readonly launchIndex: number;
  readonly diskConfig: "AUTO" | "MANUAL";
  /** The zone that was asked for. */
  readonly pinnedZone: string | null;
  readonly hints: Readonly<Record<string, unknown>> | null;
  /** Ids of the security groups that it joins, and that guard it from its first start on. */
  readonly securityGroups: readonly string[];
  readonly build: BuildOrder;
  readonly requestId: string;
}

/** Nova's event of the compute service. */
const buildEvent = "compute__do_build_and_run_instance";
/** Nova's event of the choice of hosts. */
const scheduleEvent = "conductor_schedule_and_build_instances";

/** The name of the domain: short, and of no other server's making. */
const instanceNameOf = (id: string): string => `instance-${id.slice(0, 13)}`;

type Tell = (event: NewEvent) => void;

/**
 * Enters the servers of one request as `building`, all in one transaction: the records, their tasks, Nova's instance actions, the jobs for workers, the events.
 * `groupId`: the server group that they join. Throws QUOTA_EXCEEDED, VALIDATION_FAILED when one of their addresses is another server's or the group has gone,
 * GROUP_POLICY_BROKEN when it forbids a host by now, SECURITY_GROUP_NOT_FOUND, IMAGE_NOT_FOUND when the image has just been deleted.
 */
export async function acceptServers(db: Database, servers: readonly NewServer[], groupId: string | null): Promise<void> {
  const [first] = servers;
  if (first === undefined) return;
  const { build, flavor, projectId } = first;
  await withEvents(db, async (tx, tell) => {
    const images = await tx.$queryRaw<unknown[]>`SELECT 1 FROM images WHERE id = ${build.image.id}::uuid FOR KEY SHARE`;
    if (images.length === 0) throw fail("IMAGE_NOT_FOUND", { id: build.image.id });
    await keepQuota(tx, projectId, {
      instances: servers.length,
      cores: servers.length * flavor.vcpus,
      ram: servers.length * flavor.memoryMiB,
    });
    if (groupId !== null) await keepServerGroup(tx, groupId, servers);
    for (const server of servers) {
      for (const { fixedIp } of server.nics) if (fixedIp !== null) await refuseTaken(tx, fixedIp);
      await tx.server.create({ data: columnsOf(server) });
      if (groupId !== null) await tx.serverGroupMember.create({ data: { serverId: server.id, groupId } });
      if (server.host === null) await enterRefused(tx, tell, server);
      else await enterTask(tx, tell, server, server.host);
    }
  });
}

async function enterTask(tx: Transaction, tell: Tell, server: NewServer, host: NonNullable<NewServer["host"]>): Promise<void> {
  const { id: serverId, projectId, userId, requestId } = server;
  if (server.securityGroups.length > 0) await tx.serverFirewall.create({ data: { serverId } });
  for (const groupId of server.securityGroups) {
    await keepGroup(tx, groupId);
    await tx.securityGroupMember.create({ data: { serverId, groupId } });
  }
  const taskId = randomUUID();
  await tx.serverTask.create({ data: { id: taskId, serverId, action: createAction, requestId } });
  await tx.instanceAction.create({ data: { serverId, requestId, userId, projectId, action: createAction } });
  await beginEvent(tx, { serverId, requestId }, buildEvent, host.name);
  await tx.outbox.create({ data: { topic: runServerTaskTopic, key: taskId } });
  const data = { name: server.name, vm_state: "building", task_state: "scheduling" };
  tell({ kind: "server.changed", serverId, hostId: host.id, projectId, data });
}

/** As in Nova the request was accepted, and the server is in error. What each host lacks is for administrators: it stands in the action's event. */
async function enterRefused(tx: Transaction, tell: Tell, server: NewServer): Promise<void> {
  const { id: serverId, projectId, userId, requestId, refused } = server;
  await tx.instanceAction.create({ data: { serverId, requestId, userId, projectId, action: createAction } });
  await beginEvent(tx, { serverId, requestId }, scheduleEvent, null);
  await finishEvents(tx, { serverId, requestId }, "Error", fail("NO_VALID_HOST", { reason: refused ?? "" }).message);
  await markFailed(tx, { serverId, requestId });
  tell({ kind: "server.changed", serverId, projectId, data: { name: server.name, vm_state: "error", task_state: null } });
}

const columnsOf = (server: NewServer) => {
  const { host, refused, requestId, securityGroups, hints, ...columns } = server;
  return {
    ...columns,
    ...(host === null ? unplaced() : { hostId: host.id, vmState: "building", taskState: "scheduling", build: toJson(server.build) }),
    instanceName: instanceNameOf(server.id),
    powerState: 0,
    memoryMiB: server.flavor.memoryMiB,
    vcpus: server.flavor.vcpus,
    tags: [...server.tags],
    metadata: toJson(server.metadata),
    hints: hints === null ? Prisma.DbNull : toJson(hints),
    flavor: toJson(server.flavor),
    nics: toJson(server.nics),
    imageId: server.build.image.id,
    configDrive: server.build.configDrive !== null,
    definition: toJson(nothingYet(server)),
  };
};

/** Which hosts there are is told to administrators only. */
const unplaced = () => ({
  hostId: null,
  vmState: "error",
  taskState: null,
  build: Prisma.DbNull,
  faultMessage: fail("NO_VALID_HOST", { reason: "There are not enough hosts available." }).message,
  faultAt: new Date(),
});

/** A server has a definition in the record from the first; until its host has one it is empty. */
const nothingYet = ({ id, flavor }: Pick<NewServer, "id" | "flavor">): GuestDefinition => ({
  uuid: id,
  name: instanceNameOf(id),
  virtType: "",
  arch: "",
  machine: null,
  emulator: null,
  memoryKiB: flavor.memoryMiB * 1024,
  vcpus: flavor.vcpus,
  cpuXml: null,
  disks: [],
  interfaces: [],
  hostFiles: [],
  immovable: [],
  unknownElements: [],
});

/** Two requests at once are put in a row by the lock. */
async function refuseTaken(tx: Transaction, address: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`fixed-ip/${address}`}))`;
  const taken = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM servers, jsonb_array_elements(nics) nic WHERE vm_state <> 'deleted' AND nic ->> 'fixedIp' = ${address} LIMIT 1`;
  if (taken.length > 0) throw fail("VALIDATION_FAILED", { sentence: `Fixed IP address ${address} is already in use.` });
}
