import type { MoveMode } from "@ferry/core";
import type { Api } from "./connect.ts";
import { answered } from "./fault.ts";
import { migrationOfLocation, type ServerRef } from "./servers.ts";

export type OtherMode = Exclude<MoveMode, "live">;

/** Asks for a move that is not live; resolves with the id of the migration (uuid or number) once it is accepted. */
export async function migrateCold(api: Api, server: ServerRef, { host, mode }: { host: string | null; mode: OtherMode }): Promise<string> {
  const answer = await api.client.POST("/v2.1/servers/{server_id}/action", {
    params: { path: { server_id: server.id }, header: mode === "cold" ? {} : { "X-Ferry-Mode": mode } },
    body: { migrate: { host } },
  });
  answered(answer);
  return migrationOfLocation(answer.response);
}

/** Asks for another size; resolves with the id of the migration once it is accepted. */
export async function resizeServer(api: Api, server: ServerRef, flavor: { readonly id: string }): Promise<string> {
  const answer = await api.client.POST("/v2.1/servers/{server_id}/action", {
    params: { path: { server_id: server.id } },
    body: { resize: { flavorRef: flavor.id } },
  });
  answered(answer);
  return migrationOfLocation(answer.response);
}
