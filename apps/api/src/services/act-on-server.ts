import { type LifecycleAction, serverId } from "@ferry/core";
import type { ServerRow, Store } from "@ferry/store";
import type { Caller } from "../caller.ts";
import { refuseLocked } from "./refuse-locked.ts";

export interface ActRequest {
  readonly server: ServerRow;
  readonly requestId: string;
  readonly caller: Caller;
}

/**
 * Accepts what is to be done to a server where it is; a worker does it. Throws SERVER_LOCKED, SERVER_WRONG_STATE, SERVER_TRANSIENT,
 * SERVER_NOT_FOUND.
 */
export async function actOnServer(store: Store, action: LifecycleAction, { server, requestId, caller }: ActRequest): Promise<void> {
  refuseLocked(server, caller);
  const projectId = caller.projectId ?? server.projectId;
  await store.acceptServerTask({ serverId: serverId(server.id), action, requestId, projectId, userId: caller.userId });
}
