import { fail, type ImageStatus, isUuid } from "@ferry/core";
import { type ImageFilter, type ImageSort, imageSortKeys } from "@ferry/store";
import { type Caller, isAdmin } from "../caller.ts";
import type { Query } from "../request-check.ts";
import { text, texts } from "./paging.ts";

/** Which images a query of Image v2 asks for. `further` are keys that the contract does not know: names of further properties. */
export function imageFilter(query: Query, further: Readonly<Record<string, string>>, caller: Caller): ImageFilter {
  const visibility = text(query, "visibility");
  const listed = (key: string): readonly string[] | undefined => oneOrSeveral(text(query, key));
  const [ids, names, statuses, diskFormats] = [listed("id"), listed("name"), listed("status"), listed("disk_format")];
  const [owner, tags, isProtected] = [text(query, "owner"), texts(query, "tag"), truth(query, "protected")];
  const [leastBytes, mostBytes] = [text(query, "size_min"), text(query, "size_max")];
  const properties = Object.keys(further).length === 0 ? undefined : further;
  return defined({
    reach: isAdmin(caller) ? null : (caller.projectId ?? ""),
    isHidden: truth(query, "os_hidden") ?? false,
    // Images of no other kind exist, so there is none that somebody shares.
    ids: isNowhere(visibility, text(query, "container_format")) ? [] : ids?.filter(isUuid),
    names,
    statuses: statuses as readonly ImageStatus[] | undefined,
    diskFormats,
    isPublic: visibility === "public" ? true : visibility === "private" ? false : undefined,
    owner,
    isProtected,
    tags,
    leastBytes: leastBytes === undefined ? undefined : Number(leastBytes),
    mostBytes: mostBytes === undefined ? undefined : Number(mostBytes),
    properties,
  });
}

/** `sort=name:asc,created_at`, or `sort_key` and `sort_dir` in pairs; newest first without either. Throws VALIDATION_FAILED. */
export function imageSort(query: Query): readonly ImageSort[] {
  const terms = text(query, "sort")?.split(",");
  const keys = texts(query, "sort_key");
  if (terms !== undefined && keys !== undefined) throw wrong("sort", "Give either sort, or sort_key and sort_dir");
  if (terms !== undefined) return terms.map((term) => sortTerm(...(term.trim().split(":", 2) as [string, string?])));
  const directions = texts(query, "sort_dir") ?? [];
  return (keys ?? ["created_at"]).map((key, index) => sortTerm(key, directions[index] ?? directions[0]));
}

function sortTerm(key: string, direction = "desc"): ImageSort {
  if (!Object.hasOwn(imageSortKeys, key)) throw wrong(key, `Sort by one of ${Object.keys(imageSortKeys).join(", ")}`);
  if (direction !== "asc" && direction !== "desc") throw wrong(direction, "The direction is asc or desc");
  return { key: key as ImageSort["key"], direction };
}

const wrong = (value: string, remedy: string): Error =>
  fail("VALIDATION_FAILED", { sentence: `Invalid input for query parameters sort. Value: ${value}. ${remedy}.` });

const isNowhere = (visibility: string | undefined, container: string | undefined): boolean =>
  visibility === "shared" || visibility === "community" || (container !== undefined && !oneOrSeveral(container)?.includes("bare"));

const oneOrSeveral = (value: string | undefined): readonly string[] | undefined =>
  value?.startsWith("in:") === true
    ? value
        .slice(3)
        .split(",")
        .map((part) => part.replace(/^"(.*)"$/, "$1"))
    : value === undefined
      ? undefined
      : [value];

function truth(query: Query, key: string): boolean | undefined {
  const value = text(query, key);
  return value === undefined ? undefined : value.toLowerCase() === "true";
}

/** Without the keys that have no value. */
const defined = <T extends object>(value: { [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as T;
