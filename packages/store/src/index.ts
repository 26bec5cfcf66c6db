export { applyMigrations } from "./apply-migrations.ts";
export type { Database, DatabaseOptions } from "./database.ts";
export { type EventFilter, type EventKind, eventKinds, type NewEvent, type StoredEvent } from "./events.ts";
export { openStore, type Store } from "./store.ts";
