import { isUuid } from "@ferry/core";
import type { Api } from "../../api/connect.ts";
import { findServer, type ServerRef } from "../../api/servers.ts";

/** The server of that name; an id is taken as it is, because a server that is gone is found by nothing else. */
export async function serverOrId(api: Api, text: string): Promise<Pick<ServerRef, "id">> {
  const id = text.toLowerCase();
  return isUuid(id) ? { id } : await findServer(api, text);
}
