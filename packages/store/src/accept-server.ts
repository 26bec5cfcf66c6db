import { randomUUID } from "node:crypto";
import { type BuildOrder, createAction, type FlavorSnapshot, fail, type GuestDefinition, type HostId, type ServerNic } from "@ferry/core";
import { runServerTaskTopic } from "./accept-server-task.ts";
import { beginEvent } from "./action-writes.ts";
import type { Database, Transaction } from "./database.ts";
import { withEvents } from "./events.ts";
import { toJson } from "./json.ts";
import { keepQuota } from "./quotas.ts";
import { keepGroup } from "./security-groups.ts";

/** A request for a new server, with all decisions made that need no host. */
export interface NewServer {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly userId: string;
  readonly hostId: HostId;
  readonly hostName: string;
  readonly flavor: FlavorSnapshot;
  readonly rootGiB: number;
  readonly nics: readonly ServerNic[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: readonly string[];
  readonly description: string | null;
  /** Base64. */
  readonly userData: string | null;
  /** Ids of the security groups that it joins, and that guard it from its first start on. */
  readonly securityGroups: readonly string[];
  readonly build: BuildOrder;
  readonly requestId: string;
}

/** Nova's event of the compute service. */
const buildEvent = "compute__do_build_and_run_instance";

/** The name of the domain: short, and of no other server's making. */
const instanceNameOf = (id: string): string => `instance-${id.slice(0, 13)}`;

/**
 * Enters the server as `building` in one transaction: its record, its task, Nova's instance action, the job for a worker, the event. Throws
 * QUOTA_EXCEEDED, VALIDATION_FAILED when one of its addresses is another server's, SECURITY_GROUP_NOT_FOUND, IMAGE_NOT_FOUND when its image has just been deleted.
 */
export async function acceptServer(db: Database, server: NewServer): Promise<void> {
  const { id: serverId, hostId, projectId, userId, requestId, build } = server;
  await withEvents(db, async (tx, tell) => {
    const images = await tx.$queryRaw<unknown[]>`SELECT 1 FROM images WHERE id = ${build.image.id}::uuid FOR KEY SHARE`;
    if (images.length === 0) throw fail("IMAGE_NOT_FOUND", { id: build.image.id });
    await keepQuota(tx, projectId, { instances: 1, cores: server.flavor.vcpus, ram: server.flavor.memoryMiB });
    for (const { fixedIp } of server.nics) if (fixedIp !== null) await refuseTaken(tx, fixedIp);
    await tx.server.create({ data: columnsOf(server) });
    if (server.securityGroups.length > 0) await tx.serverFirewall.create({ data: { serverId } });
    for (const groupId of server.securityGroups) {
      await keepGroup(tx, groupId);
      await tx.securityGroupMember.create({ data: { serverId, groupId } });
    }
    const taskId = randomUUID();
    await tx.serverTask.create({ data: { id: taskId, serverId, action: createAction, requestId } });
    await tx.instanceAction.create({ data: { serverId, requestId, userId, projectId, action: createAction } });
    await beginEvent(tx, { serverId, requestId }, buildEvent, server.hostName);
    await tx.outbox.create({ data: { topic: runServerTaskTopic, key: taskId } });
    tell({
      kind: "server.changed",
      serverId,
      hostId,
      projectId,
      data: { name: server.name, vm_state: "building", task_state: "scheduling" },
    });
  });
}

const columnsOf = ({ hostName, requestId, securityGroups, ...server }: NewServer) => ({
  ...server,
  instanceName: instanceNameOf(server.id),
  vmState: "building",
  taskState: "scheduling",
  powerState: 0,
  memoryMiB: server.flavor.memoryMiB,
  vcpus: server.flavor.vcpus,
  tags: [...server.tags],
  metadata: toJson(server.metadata),
  flavor: toJson(server.flavor),
  nics: toJson(server.nics),
  build: toJson(server.build),
  imageId: server.build.image.id,
  configDrive: server.build.configDrive !== null,
  definition: toJson(nothingYet(server)),
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
