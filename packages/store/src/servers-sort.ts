import { Prisma } from "./generated/client.ts";
import { flavorId, hypervisorHostname, rootDevice } from "./servers-expressions.ts";

export interface SortTerm {
  /** One of Nova's sort keys. A key of something that ferry's servers do not have sorts nothing. */
  readonly key: string;
  readonly direction: "asc" | "desc";
}

/** Nova's sort key -> what is compared. Never null, so that comparing with a marker has no third outcome. */
const expressions: Readonly<Record<string, Prisma.Sql>> = {
  created_at: Prisma.sql`s.created_at`,
  updated_at: Prisma.sql`s.updated_at`,
  launched_at: Prisma.sql`COALESCE(s.launched_at, 'epoch'::timestamptz)`,
  terminated_at: Prisma.sql`COALESCE(s.terminated_at, 'epoch'::timestamptz)`,
  display_name: Prisma.sql`s.name`,
  display_description: Prisma.sql`COALESCE(s.description, '')`,
  hostname: Prisma.sql`COALESCE(s.hostname, s.name)`,
  access_ip_v4: Prisma.sql`COALESCE(s.access_ip_v4, '')`,
  access_ip_v6: Prisma.sql`COALESCE(s.access_ip_v6, '')`,
  auto_disk_config: Prisma.sql`(s.disk_config = 'AUTO')`,
  config_drive: Prisma.sql`s.config_drive`,
  image_ref: Prisma.sql`COALESCE(s.image_id::text, '')`,
  instance_type_id: flavorId,
  key_name: Prisma.sql`COALESCE(s.key_name, '')`,
  launch_index: Prisma.sql`s.launch_index`,
  locked_by: Prisma.sql`COALESCE(s.locked_by, '')`,
  root_device_name: rootDevice,
  uuid: Prisma.sql`s.id`,
  vm_state: Prisma.sql`s.vm_state`,
  task_state: Prisma.sql`COALESCE(s.task_state, '')`,
  power_state: Prisma.sql`s.power_state`,
  progress: Prisma.sql`s.progress`,
  locked: Prisma.sql`s.locked`,
  host: Prisma.sql`h.name`,
  node: hypervisorHostname,
  project_id: Prisma.sql`s.project_id`,
  user_id: Prisma.sql`s.user_id`,
};

export interface SqlSortTerm {
  readonly expression: Prisma.Sql;
  readonly direction: Prisma.Sql;
  /** The operator that holds for rows after a given one. */
  readonly beyond: Prisma.Sql;
}

/** The order as SQL; creation time and id follow in the first direction, so that it is total. Newest first when nothing is asked. */
export function sortTerms(sort: readonly SortTerm[]): SqlSortTerm[] {
  const last = sort[0]?.direction ?? "desc";
  const total = [...sort, { key: "created_at", direction: last }, { key: "uuid", direction: last }];
  return total.flatMap(({ key, direction }) => {
    const expression = Object.hasOwn(expressions, key) ? expressions[key] : undefined;
    if (expression === undefined) return [];
    return direction === "asc"
      ? [{ expression, direction: Prisma.sql`ASC`, beyond: Prisma.sql`>` }]
      : [{ expression, direction: Prisma.sql`DESC`, beyond: Prisma.sql`<` }];
  });
}
