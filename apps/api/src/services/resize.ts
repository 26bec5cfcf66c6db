import { fail, judgeAction, moveActions, serverId } from "@ferry/core";
import type { ServerRow, Store, StoredFlavor } from "@ferry/store";
import type { Caller } from "../caller.ts";
import { flavorSnapshot, namedFlavor } from "./flavor-lookup.ts";
import { refuseLocked } from "./refuse-locked.ts";

/** The value of `resize`, checked. */
export interface ResizeBody {
  readonly flavorRef: string | number;
  readonly "OS-DCF:diskConfig"?: "AUTO" | "MANUAL";
}

export interface ResizeRequest {
  readonly server: ServerRow;
  readonly body: ResizeBody;
  readonly requestId: string;
  readonly caller: Caller;
}

/**
 * Accepts a change of size: a cold move to another host, where the server has the flavor's size. What the record can tell is refused here, also at
 * microversions at which Nova would tell it later. Returns the uuid of the migration. Throws SERVER_LOCKED, SERVER_WRONG_STATE, VALIDATION_FAILED,
 * FLAVOR_UNCHANGED, QUOTA_EXCEEDED, SERVER_MIGRATION_PENDING.
 */
export async function resize(store: Store, { server, body, requestId, caller }: ResizeRequest): Promise<string> {
  refuseLocked(server, caller);
  const { id, vmState, taskState } = server;
  const verdict = judgeAction(moveActions.cold, vmState, taskState);
  if (!verdict.allowed) throw fail("SERVER_WRONG_STATE", { action: "resize", id, attribute: verdict.attribute, value: verdict.value });
  const flavor = await namedFlavor(store, String(body.flavorRef), caller);
  refuseSmallerDisk(server, flavor);
  const { "OS-DCF:diskConfig": diskConfig } = body;
  const migration = await store.acceptMigration({
    serverId: serverId(id),
    mode: "cold",
    flavor: flavorSnapshot(flavor),
    ...(diskConfig === undefined ? {} : { diskConfig }),
    requestedHostId: null,
    blockMigration: "auto",
    diskOverCommit: null,
    force: false,
    transport: "auto",
    bandwidthMiBps: 0,
    requestId,
    projectId: caller.projectId ?? server.projectId,
    userId: caller.userId,
  });
  return migration.id;
}

/** A flavor without a disk size fits a server that was found, or made, without one. */
function refuseSmallerDisk({ flavor: now, rootGiB }: ServerRow, { rootGiB: wanted }: StoredFlavor): void {
  if (wanted === 0) {
    if (now !== null && now.rootGiB !== 0) throw fail("VALIDATION_FAILED", { sentence: "Resize to zero disk flavor is not allowed." });
    return;
  }
  if (wanted >= rootGiB) return;
  const sentence = `Cannot resize to a disk of ${wanted} GiB: the server's has ${rootGiB} GiB, and a disk does not shrink.`;
  throw fail("VALIDATION_FAILED", { sentence });
}
