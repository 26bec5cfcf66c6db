import { type Command, InvalidArgumentError } from "commander";
import { listMigrations } from "../../api/migrations.ts";
import { findServer, listServers } from "../../api/servers.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { migrationsTable } from "../../output/migration-text.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";

export interface MigrationListOptions {
  readonly status: string | null;
  readonly host: string | null;
  /** Name or id. */
  readonly server: string | null;
  /** How many of the newest, 1 to 1000. */
  readonly limit: number;
  readonly json: boolean;
}

const maxLimit = 1000;

function limitValue(text: string): number {
  const value = Number(text);
  if (/^[0-9]+$/.test(text) && value >= 1 && value <= maxLimit) return value;
  throw new InvalidArgumentError(`Must be a whole number from 1 to ${maxLimit}.`);
}

export const runMigrationList: Run<MigrationListOptions> = async ({ status, host, server, limit, json }, context) => {
  const api = await context.connect();
  const migrations = await listMigrations(api, {
    limit,
    ...(status === null ? {} : { status }),
    ...(host === null ? {} : { host }),
    ...(server === null ? {} : { serverId: (await findServer(api, server)).id }),
  });
  const servers = json || migrations.length === 0 ? [] : await listServers(api);
  print(context, json, { migrations }, () => migrationsTable(migrations, new Map(servers.map(({ id, name }) => [id, name]))));
  return exitCodes.ok;
};

interface Flags {
  readonly status?: string;
  readonly host?: string;
  readonly server?: string;
  readonly limit: number;
  readonly json?: true;
}

export const migrationList = (context: Context, run = runMigrationList): Command =>
  leaf("list", {
    summary: "List migrations, finished ones too, the newest first",
    examples: [
      ["ferry migration list", "the newest 50"],
      ["ferry migration list --status running", "those that run now"],
      ["ferry migration list --server lm001", "those of one server"],
    ],
  })
    .option("--status <status>", "only with this status")
    .option("--host <host>", "only from or to this host")
    .option("--server <server>", "only of this server (name or id)")
    .option("--limit <count>", "at most so many", limitValue, 50)
    .action(({ status, host, server, limit, json }: Flags) =>
      perform(run, { status: status ?? null, host: host ?? null, server: server ?? null, limit, json: json ?? false }, context),
    );
