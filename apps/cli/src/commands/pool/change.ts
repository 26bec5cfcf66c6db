import type { Command } from "commander";
import { type PoolRef, removePool, switchPool } from "../../api/pools.ts";
import type { Context, Run } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { escapeControls } from "../../output/escape.ts";
import { poolsTable } from "../../output/pool-text.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";

export interface PoolChangeOptions extends PoolRef {
  readonly json: boolean;
}

const switching =
  (active: boolean): Run<PoolChangeOptions> =>
  async ({ json, ...ref }, context) => {
    const pool = await switchPool(await context.connect(), ref, active);
    print(context, json, { pool }, () => poolsTable([pool]));
    return exitCodes.ok;
  };

export const runPoolDelete: Run<PoolChangeOptions> = async ({ json, ...ref }, context) => {
  await removePool(await context.connect(), ref);
  const text = `Removed pool ${escapeControls(ref.name)} from ${escapeControls(ref.host)}. What it holds was not touched.`;
  print(context, json, { removed: ref }, () => text);
  return exitCodes.ok;
};

const change = (command: Command, run: Run<PoolChangeOptions>, context: Context): Command =>
  command
    .argument("<host>", "name or id of the host")
    .argument("<name>", "name of the pool")
    .action((host: string, name: string, { json }: { json?: true }) => perform(run, { host, name, json: json ?? false }, context));

export const poolStart = (context: Context, run = switching(true)): Command =>
  change(leaf("start", { summary: "Start a storage pool", examples: [["ferry pool start compute1 nas", "mount it"]] }), run, context);

export const poolStop = (context: Context, run = switching(false)): Command =>
  change(
    leaf("stop", {
      summary: "Stop a storage pool in which no guest has a disk",
      examples: [["ferry pool stop compute1 nas", "unmount it; its definition stays"]],
    }),
    run,
    context,
  );

export const poolDelete = (context: Context, run = runPoolDelete): Command =>
  change(
    leaf("delete", {
      summary: "Stop a storage pool and remove its definition; what it holds stays",
      examples: [["ferry pool delete compute1 nas", "compute1's libvirt forgets the pool nas"]],
    }),
    run,
    context,
  );
