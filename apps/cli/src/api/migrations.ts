import type { components } from "@ferry/contract";
import { isUuid } from "@ferry/core";
import { CliError, usageError } from "../cli-error.ts";
import type { Api } from "./connect.ts";
import { answered } from "./fault.ts";
import type { ServerRef } from "./servers.ts";

/** A migration as Nova's lists show it. */
export type ListedMigration = components["schemas"]["MigrationList"]["migrations"][number];
/** A migration in progress as Nova shows it below its server. */
export type ServerMigration = components["schemas"]["ServerMigration"];
/** ferry's full record of a migration. */
export type MigrationRecord = components["schemas"]["MigrationDocument"]["migration"];

const numberForm = /^[0-9]{1,10}$/;

/** Refuses what cannot be a migration's number or uuid, before it becomes part of an address. */
export function checkMigrationId(text: string): string {
  const id = text.toLowerCase();
  if (numberForm.test(id) || isUuid(id)) return id;
  throw usageError(`Cannot look for migration "${text}": it must be its number or its uuid.`, 'Look with "ferry migration list".');
}

/** Filters of the list; each narrows it. `limit` counts the newest first. */
export interface MigrationFilters {
  readonly status?: string;
  readonly host?: string;
  readonly serverId?: string;
  readonly limit: number;
}

/** The newest migrations that pass the filters. */
export async function listMigrations(api: Api, { status, host, serverId, limit }: MigrationFilters): Promise<ListedMigration[]> {
  const query = {
    limit: String(limit),
    ...(status === undefined ? {} : { status }),
    ...(host === undefined ? {} : { host }),
    ...(serverId === undefined ? {} : { instance_uuid: serverId }),
  };
  return answered(await api.client.GET("/v2.1/os-migrations", { params: { query } })).migrations;
}

/** The record with steps, checks, progress and summary; by number or uuid. */
export async function showMigration(api: Api, id: string): Promise<MigrationRecord> {
  const answer = await api.client.GET("/ferry/v1/migrations/{migration_id}", { params: { path: { migration_id: id } } });
  return answered(answer).migration;
}

/** The migration of the server that is in progress, if any. */
export async function listServerMigrations(api: Api, server: ServerRef): Promise<ServerMigration[]> {
  const answer = await api.client.GET("/v2.1/servers/{server_id}/migrations", { params: { path: { server_id: server.id } } });
  return answered(answer).migrations;
}

/** Nova's paths take only the number: a uuid is looked up in the server's list. */
export async function migrationNumber(api: Api, server: ServerRef, text: string): Promise<string> {
  const id = checkMigrationId(text);
  if (!isUuid(id)) return id;
  const found = (await listServerMigrations(api, server)).find((migration) => migration.uuid === id);
  if (found !== undefined) return String(found.id);
  throw new CliError("MIGRATION_NOT_FOUND", `Migration ${id} of server ${server.name} is not in progress.`, {
    remedy: `Look with "ferry migration show ${id}" how it ended.`,
  });
}

/** One migration of the server while it is in progress. */
export async function showServerMigration(api: Api, server: ServerRef, number: string): Promise<ServerMigration> {
  const answer = await api.client.GET("/v2.1/servers/{server_id}/migrations/{migration_id}", {
    params: { path: { server_id: server.id, migration_id: number } },
  });
  return answered(answer).migration;
}

/** Asks for the abort; it is done when the migration's status is `cancelled`. */
export async function abortMigration(api: Api, server: ServerRef, number: string): Promise<void> {
  const answer = await api.client.DELETE("/v2.1/servers/{server_id}/migrations/{migration_id}", {
    params: { path: { server_id: server.id, migration_id: number } },
  });
  answered(answer);
}
