import { fail, hostId, judgeAction, type MoveMode, moveActions, serverId } from "@ferry/core";
import type { MigrationRequest, ServerRow, Store } from "@ferry/store";
import type { Caller } from "../caller.ts";
import { enforce } from "../policy.ts";
import { afterCleanUp } from "./after-clean-up.ts";
import { hostByName } from "./host-lookup.ts";
import { refuseLocked } from "./refuse-locked.ts";

/** The value of `migrate`, checked against the schema of its microversion. */
export type MigrateBody = { readonly host?: string | null } | null;

interface ActionRequest {
  readonly server: ServerRow;
  readonly requestId: string;
  readonly caller: Caller;
}

export interface ColdMigrateRequest extends ActionRequest {
  readonly body: MigrateBody;
  readonly mode: Exclude<MoveMode, "live">;
}

/**
 * Accepts a move that is not live: rule for naming a host, lock, states, host. Unlike Nova's, a server that was found shut off may move although it was
 * never launched here. Returns the uuid of the migration. Throws POLICY_FORBIDS, SERVER_LOCKED, SERVER_WRONG_STATE, SERVER_MIGRATION_PENDING,
 * COMPUTE_HOST_NOT_FOUND, SAME_HOST.
 */
export async function coldMigrate(store: Store, { server, body, mode, caller, requestId }: ColdMigrateRequest): Promise<string> {
  const name = body?.host ?? null;
  if (name !== null) enforce(caller, "os_compute_api:os-migrate-server:migrate:host");
  refuseLocked(server, caller);
  const verdict = judgeAction(moveActions[mode], server.vmState, server.taskState);
  if (!verdict.allowed)
    throw fail("SERVER_WRONG_STATE", { action: "migrate", id: server.id, attribute: verdict.attribute, value: verdict.value });
  const order: MigrationRequest = {
    serverId: serverId(server.id),
    mode,
    requestedHostId: await requestedHost(store, name, server),
    blockMigration: "auto",
    diskOverCommit: null,
    force: false,
    transport: "auto",
    bandwidthMiBps: 0,
    requestId,
    projectId: caller.projectId ?? server.projectId,
    userId: caller.userId,
  };
  const migration = await afterCleanUp(store, server.id, () => store.acceptMigration(order));
  return migration.id;
}

async function requestedHost(store: Store, name: string | null, server: ServerRow) {
  if (name === null) return null;
  const host = await hostByName(store, name);
  if (host === null) throw fail("COMPUTE_HOST_NOT_FOUND", { host: name });
  if (host.id === server.hostId) throw fail("SAME_HOST");
  return hostId(host.id);
}

/**
 * Confirms a cold migration that is finished, or takes it back; a worker does it. Returns the uuid of the migration. Throws SERVER_LOCKED,
 * SERVER_NOT_FOUND, SERVER_WRONG_STATE, SERVER_NOT_RESIZED.
 */
export async function settleResize(
  store: Store,
  verdict: "confirm" | "revert",
  { server, requestId, caller }: ActionRequest,
): Promise<string> {
  refuseLocked(server, caller);
  const projectId = caller.projectId ?? server.projectId;
  const { id } = await store.settleMigration({ serverId: serverId(server.id), verdict, requestId, projectId, userId: caller.userId });
  return id;
}
