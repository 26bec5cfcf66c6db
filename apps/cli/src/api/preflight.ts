import type { components } from "@ferry/contract";
import type { MoveMode } from "@ferry/core";
import type { Api } from "./connect.ts";
import { answered } from "./fault.ts";
import type { MoveOrder, ServerRef } from "./servers.ts";

export type Preflight = components["schemas"]["Preflight"];

/** All checks of that move for each candidate host; nothing is started. */
export async function preflight(api: Api, server: ServerRef, order: MoveOrder, mode: MoveMode = "live"): Promise<Preflight> {
  const answer = await api.client.POST("/ferry/v1/servers/{server_id}/preflight", {
    params: { path: { server_id: server.id } },
    body: {
      host: order.host,
      block_migration: order.blockMigrate ? true : "auto",
      disk_over_commit: false,
      force: order.force,
      transport: order.transport,
      mode,
      leave: order.outcome.leave,
      keep_source: order.outcome.keepSource,
      tunnelled: order.outcome.tunnelled,
      unsafe_cache: order.outcome.unsafeCache,
    },
  });
  return answered(answer);
}
