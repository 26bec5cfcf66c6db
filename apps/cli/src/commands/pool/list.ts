import type { Command } from "commander";
import { listPools } from "../../api/pools.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { poolsTable } from "../../output/pool-text.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";

export interface PoolListOptions {
  /** Null: the pools of all hosts. */
  readonly host: string | null;
  readonly json: boolean;
}

export const runPoolList: Run<PoolListOptions> = async ({ host, json }, context) => {
  const pools = await listPools(await context.connect(), host);
  print(context, json, { pools }, () => poolsTable(pools));
  return exitCodes.ok;
};

export const poolList = (context: Context, run = runPoolList): Command =>
  leaf("list", {
    summary: "List the storage pools of the hosts, with their kind and free space",
    examples: [["ferry pool list --host compute1", "the pools of compute1"]],
  })
    .option("--host <host>", "name or id of a host")
    .action(({ host, json }: { host?: string; json?: true }) => perform(run, { host: host ?? null, json: json ?? false }, context));
