import { Prisma } from "./generated/client.ts";
import { zoneOfHost } from "./host-zone.ts";
import { flavorId, hypervisorHostname, reservationId, rootDevice } from "./servers-expressions.ts";

/** One of Nova's filters by a text of the server. */
export interface TextFilter {
  readonly key: TextFilterKey;
  readonly value: string;
}

/** As the database shows times to Nova's own filters. */
const timeText = (column: Prisma.Sql): Prisma.Sql => Prisma.sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS')`;

/** Nova's filter -> the text that a regular expression is tried on, not anchored. Null matches nothing. */
const searched = {
  access_ip_v4: Prisma.sql`s.access_ip_v4`,
  access_ip_v6: Prisma.sql`s.access_ip_v6`,
  availability_zone: zoneOfHost(Prisma.sql`s.host_id`),
  created_at: timeText(Prisma.sql`s.created_at`),
  description: Prisma.sql`s.description`,
  display_description: Prisma.sql`s.description`,
  display_name: Prisma.sql`s.name`,
  hostname: Prisma.sql`COALESCE(s.hostname, s.name)`,
  kernel_id: Prisma.sql`''`,
  key_name: Prisma.sql`s.key_name`,
  launched_at: timeText(Prisma.sql`s.launched_at`),
  locked_by: Prisma.sql`s.locked_by`,
  node: hypervisorHostname,
  ramdisk_id: Prisma.sql`''`,
  reservation_id: reservationId,
  root_device_name: rootDevice,
  terminated_at: timeText(Prisma.sql`s.terminated_at`),
} as const satisfies Readonly<Record<string, Prisma.Sql>>;

/** Nova's filter -> the text that must be equal. */
const compared = {
  auto_disk_config: Prisma.sql`(s.disk_config = 'AUTO')::text`,
  config_drive: Prisma.sql`CASE WHEN s.config_drive THEN 'True' ELSE '' END`,
  image_ref: Prisma.sql`COALESCE(s.image_id::text, '')`,
  instance_type_id: flavorId,
  launch_index: Prisma.sql`s.launch_index::text`,
  progress: Prisma.sql`s.progress::text`,
} as const satisfies Readonly<Record<string, Prisma.Sql>>;

export type TextFilterKey = keyof typeof searched | keyof typeof compared;

const isSearched = (key: TextFilterKey): key is keyof typeof searched => Object.hasOwn(searched, key);

/** The condition of one filter; a value that is no regular expression fails in the database. */
export const textCondition = ({ key, value }: TextFilter): Prisma.Sql =>
  isSearched(key) ? Prisma.sql`${searched[key]} ~ ${value}` : Prisma.sql`${compared[key]} = ${value}`;
