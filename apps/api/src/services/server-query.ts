import { fail, isUuid, type StatusCondition, statesOfStatus } from "@ferry/core";
import type { ServerFilter, SortTerm, TextFilter, TextFilterKey } from "@ferry/store";
import type { Caller } from "../caller.ts";
import { enforce, may, type Rule } from "../policy.ts";
import { type Query, unexpectedKey } from "../request-check.ts";
import { changes, flag, limitOf, text, texts } from "./paging.ts";

export interface ServerQuery {
  readonly filter: ServerFilter;
  readonly limit: number;
  readonly marker?: string;
  readonly sort: readonly SortTerm[];
}

interface Asked {
  readonly query: Query;
  readonly unknownKeys: readonly string[];
  readonly minor: number;
  readonly caller: Caller;
  /** The rule of the list itself; reaching over all projects has one of its own under it. */
  readonly rule: "os_compute_api:servers:index" | "os_compute_api:servers:detail";
}

/** Reads the query of the server lists as Nova does. Throws VALIDATION_FAILED (400) or POLICY_FORBIDS (403). */
export function readServerQuery(asked: Asked): ServerQuery {
  const { query, caller } = asked;
  asked.unknownKeys.forEach(refuseInternalKey);
  const marker = text(query, "marker");
  if (marker !== undefined && !isUuid(marker)) throw fail("VALIDATION_FAILED", { sentence: `marker [${marker}] not found` });
  return { filter: filterOf(asked), limit: limitOf(query), sort: sortOf(query, caller), ...(marker === undefined ? {} : { marker }) };
}

/** Names of Nova's joined tables, and whatever begins with an underscore, are refused at every version. */
const joinedTables = new Set([
  "block_device_mapping",
  "extra",
  "info_cache",
  "metadata",
  "pci_devices",
  "security_groups",
  "services",
  "system_metadata",
]);

function refuseInternalKey(key: string): void {
  if (key.startsWith("_") || joinedTables.has(key)) throw unexpectedKey(key);
}

function filterOf(asked: Asked): ServerFilter {
  const { query, minor, caller } = asked;
  const statuses = texts(query, "status");
  const states = statuses === undefined ? undefined : statuses.flatMap((status) => statesOf(status, minor));
  const deletedAsked = statuses?.some((status) => status.toLowerCase() === "deleted") === true;
  if (deletedAsked) enforce(caller, "os_compute_api:servers:allow_all_filters");
  const all = may(caller, "os_compute_api:servers:allow_all_filters");
  return defined({
    projectId: scopeOf(asked),
    states,
    name: text(query, "name"),
    ip: text(query, "ip"),
    ip6: all || minor >= 5 ? text(query, "ip6") : undefined,
    image: text(query, "image"),
    flavor: text(query, "flavor"),
    texts: textFilters(query, textKeys(all, minor)),
    locked: flag(query, "locked"),
    ...changes(query),
    allTags: tags(query, "tags"),
    anyTags: tags(query, "tags-any"),
    notAllTags: tags(query, "not-tags"),
    notAnyTags: tags(query, "not-tags-any"),
    deleted: deletedAsked || query["changes-since"] !== undefined ? undefined : false,
    ...(all || minor >= 83 ? stateFilter(query) : {}),
    ...(all ? administratorFilter(query) : {}),
  });
}

/** What only an administrator may filter by; from others it is dropped without a word, as Nova does. */
function administratorFilter(query: Query): ServerFilter {
  const deleted = query.deleted === undefined ? undefined : flag(query, "deleted");
  return defined({
    hostName: text(query, "host"),
    ids: texts(query, "uuid"),
    ...(deleted === undefined ? {} : { deleted }),
  });
}

/** What everybody may filter by from 2.83 on. */
const stateFilter = (query: Query): ServerFilter =>
  defined({
    userId: text(query, "user_id"),
    vmStates: texts(query, "vm_state"),
    taskStates: texts(query, "task_state"),
    powerState: query.power_state === undefined ? undefined : Number(text(query, "power_state")),
  });

/** Filters by text: for everybody, for everybody from 2.83 on, for administrators. */
const openTexts: readonly TextFilterKey[] = ["reservation_id"];
const openTextsFrom83: readonly TextFilterKey[] = [
  "availability_zone",
  "config_drive",
  "key_name",
  "created_at",
  "launched_at",
  "terminated_at",
  "progress",
];
const administratorTexts: readonly TextFilterKey[] = [
  "access_ip_v4",
  "access_ip_v6",
  "auto_disk_config",
  "description",
  "display_description",
  "display_name",
  "hostname",
  "image_ref",
  "instance_type_id",
  "kernel_id",
  "launch_index",
  "locked_by",
  "node",
  "ramdisk_id",
  "root_device_name",
];

const textKeys = (all: boolean, minor: number): readonly TextFilterKey[] => [
  ...openTexts,
  ...(all || minor >= 83 ? openTextsFrom83 : []),
  ...(all ? administratorTexts : []),
];

const textFilters = (query: Query, keys: readonly TextFilterKey[]): TextFilter[] =>
  keys.filter((key) => query[key] !== undefined).map((key) => ({ key, value: textValue(query, key) }));

const textValue = (query: Query, key: TextFilterKey): string =>
  key === "auto_disk_config" ? String(flag(query, key)) : (text(query, key) ?? "");

/** The project to which the list is confined; undefined: none, all are shown. */
function scopeOf({ query, caller, rule }: Asked): string | undefined {
  const own = caller.projectId ?? "";
  if (flag(query, "all_tenants") !== true) return own;
  enforce(caller, `${rule}:get_all_tenants` satisfies Rule);
  return text(query, "project_id") ?? text(query, "tenant_id");
}

/** Nova's other statuses: known, but no server of ferry has them. */
const otherStatuses = new Set([
  "PASSWORD",
  "REBUILD",
  "RESCUE",
  "RESIZE",
  "REVERT_RESIZE",
  "SHELVED",
  "SHELVED_OFFLOADED",
  "SOFT_DELETED",
  "UNKNOWN",
  "VERIFY_RESIZE",
]);

/** An unknown status matches nothing below 2.38 and is an error from then on. */
function statesOf(status: string, minor: number): StatusCondition[] {
  const known = status.toUpperCase();
  const states = statesOfStatus(known);
  if (states.length > 0 || minor < 38 || otherStatuses.has(known)) return states;
  throw fail("VALIDATION_FAILED", { sentence: `Invalid status value: ${status}` });
}

/** Keys whose order would tell an ordinary user where servers are. */
const hostKeys = new Set(["host", "node"]);

function sortOf(query: Query, caller: Caller): SortTerm[] {
  const keys = texts(query, "sort_key") ?? [];
  const directions = texts(query, "sort_dir") ?? [];
  if (directions.length > keys.length && keys.length > 0) {
    throw fail("VALIDATION_FAILED", { sentence: "Sort direction size exceeds sort key size" });
  }
  if (keys.some((key) => hostKeys.has(key))) enforce(caller, "os_compute_api:servers:allow_all_filters");
  const first = directions[0] ?? "desc";
  if (keys.length === 0 && directions.length > 0) return [{ key: "created_at", direction: first === "asc" ? "asc" : "desc" }];
  return keys.map((key, index) => ({ key, direction: (directions[index] ?? first) === "asc" ? "asc" : "desc" }));
}

const tags = (query: Query, key: string): readonly string[] | undefined =>
  text(query, key)
    ?.split(",")
    .filter((tag) => tag !== "");

/** Without the keys whose value is undefined. */
function defined<T extends Record<string, unknown>>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
