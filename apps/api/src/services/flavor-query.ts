import type { FlavorFilter } from "@ferry/store";
import { type Caller, isAdmin } from "../caller.ts";
import type { Query } from "../request-check.ts";
import { flag, text } from "./paging.ts";

/** Filters of the lists of flavors. Only administrators see, or ask for, flavors that are not public. */
export function readFlavorFilter(query: Query, caller: Caller): FlavorFilter {
  const isPublic = isAdmin(caller) ? askedPublic(query) : true;
  return {
    ...(isPublic === undefined ? {} : { isPublic }),
    ...(text(query, "minRam") === undefined ? {} : { minMemoryMiB: Number(text(query, "minRam")) }),
    ...(text(query, "minDisk") === undefined ? {} : { minRootGiB: Number(text(query, "minDisk")) }),
  };
}

/** Nova's default is the public ones; `None` means both. */
const askedPublic = (query: Query): boolean | undefined =>
  text(query, "is_public")?.toLowerCase() === "none" ? undefined : (flag(query, "is_public") ?? true);
