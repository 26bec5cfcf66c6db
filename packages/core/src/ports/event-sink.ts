import type { MigrationId } from "../ids.ts";
import type { MigrationProgress } from "./migration-store.ts";

/** Live news that is not worth a row: goes to whoever listens now, may be lost. */
export interface EventSink {
  progress(migrationId: MigrationId, progress: MigrationProgress): void;
}
