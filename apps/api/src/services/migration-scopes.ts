import type { Store } from "@ferry/store";

/** To whom a migration belongs; does not change while it lives. */
export interface MigrationScope {
  readonly serverId: string;
  readonly projectId: string;
}

/** Migrations remembered at once; live progress comes from few at a time. */
const remembered = 1000;

/** Scopes of migrations by uuid, each looked up once. Unknown ids give null. */
export function migrationScopes(store: Store): (migrationId: string) => Promise<MigrationScope | null> {
  const known = new Map<string, Promise<MigrationScope | null>>();
  return (migrationId) => {
    const found = known.get(migrationId) ?? look(store, migrationId);
    if (known.size >= remembered) known.clear();
    known.set(migrationId, found);
    found.catch(() => known.delete(migrationId));
    return found;
  };
}

async function look(store: Store, migrationId: string): Promise<MigrationScope | null> {
  const record = await store.migrationLists.record({ id: migrationId });
  return record === null ? null : { serverId: record.serverId, projectId: record.server.projectId };
}
