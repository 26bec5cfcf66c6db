import type { FlavorFilter, FlavorSort, FlavorSortKey } from "@ferry/store";
import { type Caller, isAdmin } from "../caller.ts";
import type { Query } from "../request-check.ts";
import { flag, text } from "./paging.ts";

/** Filters of the lists of flavors. Only administrators see, or ask for, flavors that are neither public nor of their project. */
export function readFlavorFilter(query: Query, caller: Caller): FlavorFilter {
  const isPublic = isAdmin(caller) ? askedPublic(query) : true;
  return {
    ...(isPublic === undefined ? {} : { isPublic }),
    ...(caller.projectId === null ? {} : { projectId: caller.projectId }),
    ...(text(query, "minRam") === undefined ? {} : { minMemoryMiB: atMostLargest(text(query, "minRam")) }),
    ...(text(query, "minDisk") === undefined ? {} : { minRootGiB: atMostLargest(text(query, "minDisk")) }),
  };
}

/** No size of a flavor is beyond this, and the record's columns hold no more. */
const largest = 2_147_483_647;

const atMostLargest = (digits: string | undefined): number => Math.min(Number(digits), largest);

/** Nova's default is the public ones; `None` means both. */
const askedPublic = (query: Query): boolean | undefined =>
  text(query, "is_public")?.toLowerCase() === "none" ? undefined : (flag(query, "is_public") ?? true);

/** Nova's default is by id, upwards; the contract has checked both words. */
export const readFlavorSort = (query: Query): FlavorSort => ({
  key: (text(query, "sort_key") ?? "flavorid") as FlavorSortKey,
  direction: text(query, "sort_dir") === "desc" ? "desc" : "asc",
});
