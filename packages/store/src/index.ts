export { applyMigrations } from "./apply-migrations.ts";
export type { Database, DatabaseOptions } from "./database.ts";
export { type EventFilter, type EventKind, eventKinds, type NewEvent, type StoredEvent } from "./events.ts";
export type { HypervisorFilter, HypervisorRow } from "./hypervisors.ts";
export type { InstanceActionFullRow, InstanceActionRow } from "./instance-actions.ts";
export type { MigrationFilter, MigrationFullRow, MigrationRow } from "./migrations-list.ts";
export type { ServerFilter, ServerRow, StatePair } from "./servers-list.ts";
export type { SortTerm } from "./servers-sort.ts";
export { openStore, type Store } from "./store.ts";
