import { fail, hostId, isUsual, judgeAction, type MoveOutcome, serverId, type Transport } from "@ferry/core";
import type { MigrationRequest, ServerRow, Store } from "@ferry/store";
import type { Caller } from "../caller.ts";
import { enforce } from "../policy.ts";
import { afterCleanUp } from "./after-clean-up.ts";
import type { EventFeed } from "./event-feed.ts";
import { hostByName } from "./host-lookup.ts";
import { isTrue } from "./loose-boolean.ts";
import { refuseLocked } from "./refuse-locked.ts";
import { awaitVerdict, promptRefusal } from "./verdict.ts";

/** The value of `os-migrateLive`, checked against the schema of its microversion. */
export interface MigrateLiveBody {
  readonly host: string | null;
  readonly block_migration: boolean | string;
  readonly disk_over_commit?: boolean | string;
  readonly force?: boolean | string;
}

export interface LiveMigrateRequest {
  readonly server: ServerRow;
  readonly body: MigrateLiveBody;
  readonly minor: number;
  readonly transport: Transport | "auto";
  readonly outcome: MoveOutcome;
  readonly requestId: string;
  readonly caller: Caller;
}

export interface AcceptedMove {
  /** Uuid of the migration. */
  readonly id: string;
  /** The sentence with which a check has refused it already. */
  readonly refusal: string | null;
}

/** From here on a named host is checked like any other unless `force` is given. */
const namedHostIsChecked = 30;
/** From here on the answer does not wait for the checks. */
const checksAreAsynchronous = 34;

/**
 * Accepts the move of a server, in the order in which Nova looks: rules for naming a host and an outcome, force, lock, states, host. Below 2.34 it also waits for
 * the checks; from then on it waits for a moment only, and tells a refusal that comes by then beside the acceptance. Throws POLICY_FORBIDS, FORCE_WITHOUT_HOST, SERVER_LOCKED, SERVER_WRONG_STATE,
 * SERVER_MIGRATION_PENDING, COMPUTE_HOST_NOT_FOUND, and below 2.34 the refusal.
 */
export async function liveMigrate(store: Store, feed: EventFeed, request: LiveMigrateRequest): Promise<AcceptedMove> {
  const { server, body, minor, caller, transport, outcome, requestId } = request;
  if (body.host !== null) enforce(caller, "os_compute_api:os-migrate-server:migrate_live:host");
  if (!isUsual(outcome)) enforce(caller, "ferry:migrate_live:outcome");
  refuseForceWithoutHost(body);
  refuseLocked(server, caller);
  refuseWrongState(server);
  const order: MigrationRequest = {
    serverId: serverId(server.id),
    mode: "live",
    requestedHostId: await requestedHost(store, body.host),
    blockMigration: body.block_migration === "auto" ? "auto" : isTrue(body.block_migration),
    diskOverCommit: body.disk_over_commit === undefined ? null : isTrue(body.disk_over_commit),
    force: isForced(body, minor),
    transport,
    bandwidthMiBps: 0,
    outcome,
    requestId,
    projectId: caller.projectId ?? server.projectId,
    userId: caller.userId,
  };
  const migration = await afterCleanUp(store, server.id, () => store.acceptMigration(order));
  if (minor >= checksAreAsynchronous) return { id: migration.id, refusal: await promptRefusal(store, feed, migration.id) };
  await awaitVerdict(store, feed, migration.id);
  return { id: migration.id, refusal: null };
}

function refuseForceWithoutHost({ force, host }: MigrateLiveBody): void {
  if (force !== undefined && isTrue(force) && host === null) throw fail("FORCE_WITHOUT_HOST");
}

/** A task under way is the store's to judge: it knows the migration, to be named in the answer. */
function refuseWrongState(server: ServerRow): void {
  const action = "os-migrateLive";
  const verdict = judgeAction(action, server.vmState, server.taskState);
  if (!verdict.allowed && verdict.attribute === "vm_state")
    throw fail("SERVER_WRONG_STATE", { action, id: server.id, attribute: verdict.attribute, value: verdict.value });
  if (server.launchedAt === null) throw fail("SERVER_WRONG_STATE", { action, id: server.id, attribute: "launched_at", value: "None" });
}

async function requestedHost(store: Store, name: string | null) {
  if (name === null) return null;
  const host = await hostByName(store, name);
  if (host === null) throw fail("COMPUTE_HOST_NOT_FOUND", { host: name });
  return hostId(host.id);
}

/** Below 2.30 naming a host is forcing it. */
function isForced({ host, force }: MigrateLiveBody, minor: number): boolean {
  return minor < namedHostIsChecked ? host !== null : force !== undefined && isTrue(force);
}
