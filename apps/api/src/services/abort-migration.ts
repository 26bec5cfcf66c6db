import { fail, serverId } from "@ferry/core";
import type { MigrationRow, ServerRow, Store } from "@ferry/store";
import type { Caller } from "../caller.ts";

export interface AbortMigrationRequest {
  readonly server: ServerRow;
  readonly migration: MigrationRow;
  readonly minor: number;
  readonly requestId: string;
  readonly caller: Caller;
}

/** Task states of a server that has not been handed over; the last two are those of a cold move. */
const onItsWay: readonly (string | null)[] = ["migrating", "resize_prep", "resize_migrating"];

/** From here on a migration may be aborted before it runs. */
const abortableBeforeRunning = 65;

/**
 * Asks for the end of a migration. Throws SERVER_WRONG_STATE (409) unless the server is migrating, MIGRATION_NOT_ABORTABLE (400) unless the status
 * allows it at this microversion, MIGRATION_UNSTOPPABLE (409) when the hypervisor cannot break off what has begun. Unlike in Nova, moves that are not live may be aborted too.
 */
export async function abortMigration(store: Store, request: AbortMigrationRequest): Promise<void> {
  const { server, migration, minor, caller, requestId } = request;
  if (!onItsWay.includes(server.taskState)) {
    throw fail("SERVER_WRONG_STATE", {
      action: "abort live migration",
      id: server.id,
      attribute: "task_state",
      value: server.taskState ?? "None",
    });
  }
  if (minor < abortableBeforeRunning && migration.status !== "running" && migration.migrationType === "live-migration") {
    throw fail("MIGRATION_NOT_ABORTABLE", { id: migration.number, status: migration.status });
  }
  const projectId = caller.projectId ?? server.projectId;
  await store.requestAbort({ serverId: serverId(server.id), number: migration.number, requestId, projectId, userId: caller.userId });
}
