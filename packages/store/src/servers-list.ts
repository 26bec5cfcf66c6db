import {
  type FlavorSnapshot,
  fail,
  type PowerState,
  type ServerNic,
  type StatusCondition,
  type TaskState,
  type VmState,
} from "@ferry/core";
import type { Database } from "./database.ts";
import { Prisma } from "./generated/client.ts";
import { zoneOfHost } from "./host-zone.ts";
import { isInvalidRegex } from "./read-errors.ts";
import { flavorId, hypervisorHostname, reservationId } from "./servers-expressions.ts";
import { type SortTerm, sortTerms } from "./servers-sort.ts";
import { type TextFilter, textCondition } from "./servers-text-filters.ts";

/** A server with what the API shows of its host. */
export interface ServerRow {
  readonly id: string;
  readonly name: string;
  readonly instanceName: string;
  /** Null, with all else of the host, for a server for which none could be found. */
  readonly hostId: string | null;
  readonly hostName: string | null;
  /** The host's own name, as its hypervisor tells it. */
  readonly hypervisorHostname: string | null;
  /** The availability zone of the host. */
  readonly hostZone: string;
  readonly hostState: string | null;
  readonly hostEnabled: boolean | null;
  readonly hostForcedDown: boolean | null;
  readonly hostLastSeenAt: Date | null;
  readonly hostMonitorUntil: Date | null;
  readonly projectId: string;
  readonly userId: string;
  readonly vmState: VmState;
  readonly taskState: TaskState | null;
  readonly powerState: PowerState;
  readonly locked: boolean;
  readonly lockedReason: string | null;
  readonly lockedBy: "owner" | "admin" | null;
  /** Sentence and time of the last action that failed. */
  readonly faultMessage: string | null;
  readonly faultAt: Date | null;
  readonly description: string | null;
  readonly memoryMiB: number;
  readonly vcpus: number;
  readonly rootGiB: number;
  /** What it was made of; null: it was found. */
  readonly imageId: string | null;
  readonly flavor: FlavorSnapshot | null;
  readonly configDrive: boolean;
  /** Base64. */
  readonly userData: string | null;
  readonly accessIPv4: string | null;
  readonly accessIPv6: string | null;
  /** What its guest was told; null: it was told nothing, or what follows from the name. */
  readonly hostname: string | null;
  readonly keyName: string | null;
  /** Of the request that made it, together with others or alone. */
  readonly reservationId: string;
  readonly launchIndex: number;
  readonly diskConfig: "AUTO" | "MANUAL";
  readonly pinnedZone: string | null;
  readonly nics: readonly ServerNic[] | null;
  readonly metadata: Record<string, string>;
  readonly tags: readonly string[];
  /** Target name of the first disk, `vda`. */
  readonly rootTarget: string | null;
  /** Ids of the server groups that it is in: one at most. */
  readonly serverGroups: readonly string[];
  /** Names of the security groups that it is in. */
  readonly securityGroups: readonly string[];
  /** What is attached to it, in the order of the disks' names. */
  readonly volumes: readonly { readonly id: string; readonly deleteOnTermination: boolean }[];
  readonly progress: number;
  readonly launchedAt: Date | null;
  readonly terminatedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What to list. A missing field does not restrict. */
export interface ServerFilter {
  readonly projectId?: string;
  readonly userId?: string;
  readonly ids?: readonly string[];
  /** Regular expression, not anchored. */
  readonly name?: string;
  readonly hostName?: string;
  /** Regular expressions over the addresses of its cards. */
  readonly ip?: string;
  readonly ip6?: string;
  /** Uuid of the image; empty: of none. */
  readonly image?: string;
  /** Id of the flavor. */
  readonly flavor?: string;
  readonly texts?: readonly TextFilter[];
  /** One of them holds. */
  readonly states?: readonly StatusCondition[];
  readonly vmStates?: readonly string[];
  readonly taskStates?: readonly string[];
  readonly powerState?: number;
  readonly locked?: boolean;
  readonly changedSince?: Date;
  readonly changedBefore?: Date;
  readonly allTags?: readonly string[];
  readonly anyTags?: readonly string[];
  readonly notAllTags?: readonly string[];
  readonly notAnyTags?: readonly string[];
  /** false: only living servers; true: only deleted ones; missing: both. */
  readonly deleted?: boolean;
}

export interface ServerPage {
  /** At most so many; 0 gives none. */
  readonly limit: number;
  /** Uuid of the last server of the page before. */
  readonly marker?: string;
  /** Nova's sort keys, most significant first; creation time and id decide the rest. */
  readonly sort: readonly SortTerm[];
}

const columns = Prisma.sql`
  s.id, s.name, s.instance_name AS "instanceName", s.host_id AS "hostId", h.name AS "hostName",
  ${hypervisorHostname} AS "hypervisorHostname", ${zoneOfHost(Prisma.sql`h.id`)} AS "hostZone", h.state AS "hostState", h.enabled AS "hostEnabled",
  h.forced_down AS "hostForcedDown", h.last_seen_at AS "hostLastSeenAt", h.monitor_until AS "hostMonitorUntil",
  s.project_id AS "projectId", s.user_id AS "userId", s.vm_state AS "vmState", s.task_state AS "taskState", s.power_state AS "powerState",
  s.locked, s.locked_reason AS "lockedReason", s.locked_by AS "lockedBy", s.fault_message AS "faultMessage", s.fault_at AS "faultAt", s.description, s.memory_mib AS "memoryMiB", s.vcpus, s.root_gib AS "rootGiB",
  s.image_id AS "imageId", s.flavor, s.config_drive AS "configDrive", s.nics, s.user_data AS "userData",
  s.access_ip_v4 AS "accessIPv4", s.access_ip_v6 AS "accessIPv6", s.hostname, s.key_name AS "keyName", ${reservationId} AS "reservationId",
  s.launch_index AS "launchIndex", s.disk_config AS "diskConfig", s.pinned_zone AS "pinnedZone", ARRAY(SELECT g.group_id::text FROM server_group_members g WHERE g.server_id = s.id) AS "serverGroups",
  s.metadata, s.tags, s.definition #>> '{disks,0,target}' AS "rootTarget",
  ARRAY(SELECT g.name FROM security_group_members m JOIN security_groups g ON g.id = m.group_id WHERE m.server_id = s.id ORDER BY g.name) AS "securityGroups",
  (SELECT COALESCE(jsonb_agg(jsonb_build_object('id', a.volume_id, 'deleteOnTermination', a.delete_on_termination) ORDER BY a.target), '[]')
    FROM volume_attachments a WHERE a.server_id = s.id) AS volumes,
  s.progress, s.launched_at AS "launchedAt",
  s.terminated_at AS "terminatedAt", s.created_at AS "createdAt", s.updated_at AS "updatedAt"`;

const tables = Prisma.sql`servers s LEFT JOIN hosts h ON h.id = s.host_id`;

export const serverLists = (db: Database) => ({
  /** One server, deleted ones included; null when there is none. `id` must have the form of a uuid. */
  async find(id: string): Promise<ServerRow | null> {
    const rows = await db.$queryRaw<ServerRow[]>`SELECT ${columns} FROM ${tables} WHERE s.id = ${id}::uuid`;
    return rows[0] ?? null;
  },

  /** A page of servers in one query. Throws VALIDATION_FAILED for a regular expression that the database refuses or a marker that is unknown. */
  async page(filter: ServerFilter, page: ServerPage): Promise<ServerRow[]> {
    const terms = sortTerms(page.sort);
    const order = Prisma.join(
      terms.map((term) => Prisma.sql`${term.expression} ${term.direction}`),
      ", ",
    );
    const after = page.marker === undefined ? Prisma.empty : Prisma.sql`AND ${afterMarker(terms, await known(db, page.marker))}`;
    const where = Prisma.join(conditions(filter), " AND ");
    try {
      return await db.$queryRaw<ServerRow[]>`
        SELECT ${columns} FROM ${tables} WHERE ${where} ${after} ORDER BY ${order} LIMIT ${page.limit}`;
    } catch (error) {
      if (isInvalidRegex(error))
        throw fail("VALIDATION_FAILED", { sentence: "A filter is not a regular expression that is understood." }, error);
      throw error;
    }
  },
});

async function known(db: Database, marker: string): Promise<string> {
  const found = await db.server.count({ where: { id: marker } });
  if (found === 0) throw fail("VALIDATION_FAILED", { sentence: `marker [${marker}] not found` });
  return marker;
}

/** Rows after the marker in the given order: greater in the first term, or equal there and greater in the next, and so on. */
function afterMarker(terms: ReturnType<typeof sortTerms>, marker: string): Prisma.Sql {
  const ofMarker = (expression: Prisma.Sql): Prisma.Sql => Prisma.sql`(SELECT ${expression} FROM ${tables} WHERE s.id = ${marker}::uuid)`;
  const branches = terms.map((term, index) => {
    const equal = terms.slice(0, index).map((before) => Prisma.sql`${before.expression} = ${ofMarker(before.expression)}`);
    return Prisma.join([...equal, Prisma.sql`${term.expression} ${term.beyond} ${ofMarker(term.expression)}`], " AND ");
  });
  return Prisma.sql`((${Prisma.join(branches, ") OR (")}))`;
}

const list = (values: readonly string[]): string[] => [...values];

function conditions(filter: ServerFilter): Prisma.Sql[] {
  const all: (Prisma.Sql | false)[] = [
    Prisma.sql`TRUE`,
    filter.projectId !== undefined && Prisma.sql`s.project_id = ${filter.projectId}`,
    filter.userId !== undefined && Prisma.sql`s.user_id = ${filter.userId}`,
    filter.ids !== undefined && Prisma.sql`s.id::text = ANY(${list(filter.ids)})`,
    filter.name !== undefined && Prisma.sql`s.name ~ ${filter.name}`,
    filter.ip !== undefined && hasAddress(4, filter.ip),
    filter.ip6 !== undefined && hasAddress(6, filter.ip6),
    filter.image !== undefined && Prisma.sql`COALESCE(s.image_id::text, '') = ${filter.image}`,
    filter.flavor !== undefined && Prisma.sql`${flavorId} = ${filter.flavor}`,
    ...(filter.texts ?? []).map(textCondition),
    filter.hostName !== undefined && Prisma.sql`h.name = ${filter.hostName}`,
    filter.vmStates !== undefined && Prisma.sql`s.vm_state = ANY(${list(filter.vmStates)})`,
    filter.taskStates !== undefined && Prisma.sql`COALESCE(s.task_state, 'None') = ANY(${list(filter.taskStates)})`,
    filter.powerState !== undefined && Prisma.sql`s.power_state = ${filter.powerState}`,
    filter.locked !== undefined && Prisma.sql`s.locked = ${filter.locked}`,
    filter.changedSince !== undefined && Prisma.sql`s.updated_at >= ${filter.changedSince}`,
    filter.changedBefore !== undefined && Prisma.sql`s.updated_at <= ${filter.changedBefore}`,
    filter.deleted !== undefined && (filter.deleted ? Prisma.sql`s.vm_state = 'deleted'` : Prisma.sql`s.vm_state <> 'deleted'`),
    filter.states !== undefined && stateCondition(filter.states),
    ...tagConditions(filter),
  ];
  return all.filter((condition) => condition !== false);
}

/** A card's address is known when it was asked for. */
const hasAddress = (family: 4 | 6, expression: string): Prisma.Sql => Prisma.sql`EXISTS (
  SELECT 1 FROM jsonb_array_elements(s.nics) nic WHERE family((nic ->> 'fixedIp')::inet) = ${family} AND nic ->> 'fixedIp' ~ ${expression})`;

function tagConditions(filter: ServerFilter): (Prisma.Sql | false)[] {
  return [
    filter.allTags !== undefined && Prisma.sql`s.tags @> ${list(filter.allTags)}`,
    filter.anyTags !== undefined && Prisma.sql`s.tags && ${list(filter.anyTags)}`,
    filter.notAllTags !== undefined && Prisma.sql`NOT s.tags @> ${list(filter.notAllTags)}`,
    filter.notAnyTags !== undefined && Prisma.sql`NOT s.tags && ${list(filter.notAnyTags)}`,
  ];
}

function stateCondition(states: readonly StatusCondition[]): Prisma.Sql {
  if (states.length === 0) return Prisma.sql`FALSE`;
  const alternatives = states.map(({ vmState, taskStates, included }) => {
    const listed = Prisma.sql`COALESCE(s.task_state, '') = ANY(${list(taskStates)})`;
    return Prisma.sql`s.vm_state = ${vmState} AND ${included ? listed : Prisma.sql`NOT ${listed}`}`;
  });
  return Prisma.sql`((${Prisma.join(alternatives, ") OR (")}))`;
}
