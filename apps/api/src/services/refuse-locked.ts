import { fail } from "@ferry/core";
import type { ServerRow } from "@ferry/store";
import { type Caller, isAdmin } from "../caller.ts";

/** Throws SERVER_LOCKED when the server is locked; administrators may act on it all the same, as in Nova. */
export function refuseLocked(server: ServerRow, caller: Caller): void {
  if (server.locked && !isAdmin(caller)) throw fail("SERVER_LOCKED", { id: server.id });
}
