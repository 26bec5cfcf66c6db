import { usualOutcome } from "@ferry/core";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { hostAdd } from "../src/commands/host/add.ts";
import { hostCheck } from "../src/commands/host/check.ts";
import { hostList } from "../src/commands/host/list.ts";
import { hostRemove } from "../src/commands/host/remove.ts";
import { hostSet } from "../src/commands/host/set.ts";
import { hostShow } from "../src/commands/host/show.ts";
import { migrationList } from "../src/commands/migration/list.ts";
import { migrationShow } from "../src/commands/migration/show.ts";
import { migrationWatch } from "../src/commands/migration/watch.ts";
import { serverList } from "../src/commands/server/list.ts";
import { liveMigration } from "../src/commands/server/live-migration.ts";
import { liveMigrationAbort } from "../src/commands/server/live-migration-abort.ts";
import { serverMigrate } from "../src/commands/server/migrate.ts";
import { serverPreflight } from "../src/commands/server/preflight.ts";
import { serverShow } from "../src/commands/server/show.ts";
import { serverMigrationList } from "../src/commands/server-migration/list.ts";
import { serverMigrationShow } from "../src/commands/server-migration/show.ts";
import type { Context, Run } from "../src/context.ts";

type Constructor<Options> = (context: Context, run: Run<Options>) => Command;

/** The options that the command parses from the arguments; its deed is replaced. */
async function parsed<Options>(construct: Constructor<Options>, args: string): Promise<Options> {
  const seen: Options[] = [];
  const context = { finish: () => undefined } as unknown as Context;
  const run: Run<Options> = async (options) => {
    seen.push(options);
    return 0;
  };
  const command = construct(context, run)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  await command.parseAsync(args === "" ? [] : args.split(" "), { from: "user" });
  const [options] = seen;
  if (options === undefined) throw new Error("the command did not run");
  return options;
}

const order = { host: null, blockMigrate: false, force: false, transport: "auto", outcome: usualOutcome };
const move = { server: "lm001", order, dryRun: false, wait: true, timeoutSeconds: null, json: false };

test.each([
  ["lm001", move],
  ["--block-migrate lm001 compute2", { ...move, order: { ...order, blockMigrate: true, host: "compute2" } }],
  ["lm001 compute2 --block-migrate", { ...move, order: { ...order, blockMigrate: true, host: "compute2" } }],
  ["--force lm001 compute2", { ...move, order: { ...order, force: true, host: "compute2" } }],
  ["--leave paused --keep-source lm001", { ...move, order: { ...order, outcome: { ...usualOutcome, leave: "paused", keepSource: true } } }],
  ["--tunnelled --unsafe-cache lm001", { ...move, order: { ...order, outcome: { ...usualOutcome, tunnelled: true, unsafeCache: true } } }],
  ["--transport p2p lm001", { ...move, order: { ...order, transport: "p2p" } }],
  ["--dry-run --json lm001", { ...move, dryRun: true, json: true }],
  ["--no-wait lm001", { ...move, wait: false }],
  ["--timeout 90 lm001", { ...move, timeoutSeconds: 90 }],
  ["-- -lm001", { ...move, server: "-lm001" }],
])("live-migration %s", async (args, options) => {
  expect(await parsed(liveMigration, args)).toEqual(options);
});

test.each([
  ["", "commander.missingArgument"],
  ["a b c", "commander.excessArguments"],
  ["--timeout 0 a", "commander.invalidArgument"],
  ["--timeout 1.5 a", "commander.invalidArgument"],
  ["--timeout 99999999 a", "commander.invalidArgument"],
  ["--transport tcp a", "commander.invalidArgument"],
  ["--block a", "commander.unknownOption"],
])("live-migration %j is refused", async (args, code) => {
  await expect(parsed(liveMigration, args)).rejects.toMatchObject({ code });
});

test.each([[liveMigration], [serverPreflight]])("--force without HOST is refused", async (construct) => {
  await expect(parsed(construct as Constructor<unknown>, "--force lm001")).rejects.toMatchObject({ code: "USAGE", exitCode: 64 });
});

const added = {
  address: "h",
  name: null,
  port: 22,
  user: "root",
  fingerprint: null,
  acceptNew: false,
  migrationAddress: null,
  networkMap: {},
  uri: "qemu:///system",
  json: false,
};

test.each([
  ["h", added],
  ["h --name n --port 2222 --user u --fingerprint SHA256:x", { ...added, name: "n", port: 2222, user: "u", fingerprint: "SHA256:x" }],
  [
    "h --map br0=br1 --map network:lan=lab --map direct:eth0=direct:eth1",
    { ...added, networkMap: { "bridge:br0": "bridge:br1", "network:lan": "network:lab", "direct:eth0": "direct:eth1" } },
  ],
  ["h --accept-new --migration-address m --json", { ...added, acceptNew: true, migrationAddress: "m", json: true }],
  ["h --uri xen:///system", { ...added, uri: "xen:///system" }],
])("host add %s", async (args, options) => {
  expect(await parsed(hostAdd, args)).toEqual(options);
});

test.each([["h --port 0"], ["h --port 65536"], ["h --port ssh"], ["h --uri lxc:///"], [""]])("host add %j is refused", async (args) => {
  await expect(parsed(hostAdd, args)).rejects.toMatchObject({ name: "CommanderError" });
});

test.each([
  [hostList, "", { json: false }],
  [hostShow, "compute1 --json", { host: "compute1", json: true }],
  [hostCheck, "compute1", { host: "compute1", json: false }],
  [
    hostSet,
    "compute1 --map br0=br1 --unmap network:lan --json",
    { host: "compute1", networkMap: { "bridge:br0": "bridge:br1", "network:lan": null }, json: true },
  ],
  [hostRemove, "compute1", { host: "compute1", json: false }],
  [serverList, "--json", { json: true }],
  [serverShow, "lm001", { server: "lm001", json: false }],
  [
    serverPreflight,
    "--block-migrate lm001 c2",
    { server: "lm001", order: { ...order, blockMigrate: true, host: "c2" }, mode: "live", all: false, json: false },
  ],
  [
    serverMigrate,
    "--mode saved --no-wait lm001 c2",
    { server: "lm001", host: "c2", mode: "saved", dryRun: false, wait: false, timeoutSeconds: null, json: false },
  ],
  [liveMigrationAbort, "lm001 12", { server: "lm001", migration: "12", json: false }],
  [serverMigrationList, "lm001", { server: "lm001", json: false }],
  [serverMigrationShow, "lm001 12", { server: "lm001", migration: "12", json: false }],
  [migrationList, "", { status: null, host: null, server: null, limit: 50, json: false }],
  [migrationList, "--limit 1000 --status error", { status: "error", host: null, server: null, limit: 1000, json: false }],
  [migrationShow, "12", { migration: "12", json: false }],
  [migrationWatch, "12 --timeout 5", { migration: "12", timeoutSeconds: 5, json: false }],
])("case %#: arguments become options", async (construct, args, options) => {
  expect(await parsed(construct as Constructor<unknown>, args)).toEqual(options);
});

test.each([["0"], ["1001"], ["x"], ["-1"]])("migration list --limit %s is refused", async (limit) => {
  await expect(parsed(migrationList, `--limit ${limit}`)).rejects.toMatchObject({ code: "commander.invalidArgument" });
});
