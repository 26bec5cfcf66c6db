import { inProgressStatuses, type MigrationStatus } from "@ferry/core";
import type { MigrationRow } from "@ferry/store";
import { naiveTime } from "../times.ts";
import { resourceLinks } from "../urls.ts";

export interface MigrationViewOptions {
  readonly minor: number;
  readonly base: string;
  /** Whether to name hosts; a project manager does not see them. */
  readonly showHosts: boolean;
}

type View = Record<string, unknown>;

/** A migration in progress, as GET /servers/{id}/migrations shows it. */
export function serverMigrationView(row: MigrationRow, options: MigrationViewOptions): View {
  const progress = row.progress;
  return {
    ...commonView(row, options),
    server_uuid: row.serverId,
    memory_total_bytes: progress?.memoryTotalBytes ?? null,
    memory_processed_bytes: progress?.memoryProcessedBytes ?? null,
    memory_remaining_bytes: progress?.memoryRemainingBytes ?? null,
    disk_total_bytes: progress?.diskTotalBytes ?? null,
    disk_processed_bytes: progress?.diskProcessedBytes ?? null,
    disk_remaining_bytes: progress?.diskRemainingBytes ?? null,
  };
}

/** Any migration, as GET /os-migrations shows it. */
export function migrationView(row: MigrationRow, options: MigrationViewOptions): View {
  return {
    ...commonView(row, options),
    instance_uuid: row.serverId,
    old_instance_type_id: row.oldFlavor,
    new_instance_type_id: row.newFlavor,
    ...(options.minor >= 23 ? { migration_type: row.migrationType } : {}),
    ...(options.minor >= 23 && isInProgress(row)
      ? { links: resourceLinks(options.base, `/servers/${row.serverId}/migrations/${row.number}`) }
      : {}),
  };
}

/** Whether Nova shows it below its server: a live migration under way. */
export const isInProgress = ({ migrationType, status }: Pick<MigrationRow, "migrationType" | "status">): boolean =>
  migrationType === "live-migration" && (inProgressStatuses as readonly MigrationStatus[]).includes(status);

function commonView(row: MigrationRow, { minor, showHosts }: MigrationViewOptions): View {
  return {
    id: row.number,
    ...(minor >= 59 ? { uuid: row.id } : {}),
    status: row.status,
    source_compute: showHosts ? row.sourceHost : null,
    source_node: showHosts ? row.sourceNode : null,
    dest_compute: showHosts ? row.destinationHost : null,
    dest_node: showHosts ? row.destinationNode : null,
    dest_host: null,
    created_at: naiveTime(row.createdAt),
    updated_at: naiveTime(row.updatedAt),
    ...(minor >= 80 ? { user_id: row.userId, project_id: row.projectId } : {}),
  };
}
