import { Command, type CommanderError } from "commander";
import { group, holding } from "./commands/command.ts";
import { flavorCreate } from "./commands/flavor/create.ts";
import { flavorDelete } from "./commands/flavor/delete.ts";
import { flavorList } from "./commands/flavor/list.ts";
import { ExitCodesHelp } from "./commands/help/exit-codes.ts";
import { hostAdd } from "./commands/host/add.ts";
import { hostCheck } from "./commands/host/check.ts";
import { hostFence } from "./commands/host/fence.ts";
import { hostList } from "./commands/host/list.ts";
import { hostRemove } from "./commands/host/remove.ts";
import { hostSet } from "./commands/host/set.ts";
import { hostShow } from "./commands/host/show.ts";
import { imageCreate } from "./commands/image/create.ts";
import { imageDelete } from "./commands/image/delete.ts";
import { imageList } from "./commands/image/list.ts";
import { instanceActionList } from "./commands/instance-action/list.ts";
import { instanceAction } from "./commands/instance-action/show.ts";
import { migrationList } from "./commands/migration/list.ts";
import { migrationShow } from "./commands/migration/show.ts";
import { migrationWatch } from "./commands/migration/watch.ts";
import { poolDelete, poolStart, poolStop } from "./commands/pool/change.ts";
import { poolDefine } from "./commands/pool/define.ts";
import { poolList } from "./commands/pool/list.ts";
import { secgroupCommands } from "./commands/security-group/groups.ts";
import { membershipCommands } from "./commands/security-group/membership.ts";
import { secgroupRuleCommands } from "./commands/security-group/rules.ts";
import { serverBoot } from "./commands/server/boot.ts";
import { serverEvacuate } from "./commands/server/evacuate.ts";
import { hostEvacuate } from "./commands/server/host-evacuate.ts";
import { serverList } from "./commands/server/list.ts";
import { liveMigration, runLiveMigration } from "./commands/server/live-migration.ts";
import { liveMigrationAbort } from "./commands/server/live-migration-abort.ts";
import { serverMigrate } from "./commands/server/migrate.ts";
import { serverPreflight } from "./commands/server/preflight.ts";
import { serverResize } from "./commands/server/resize.ts";
import { serverShow } from "./commands/server/show.ts";
import {
  lifecycleCommands,
  serverDelete,
  serverLock,
  serverReboot,
  serverResetState,
  serverUnlock,
} from "./commands/server-action/lifecycle.ts";
import { serverResizeConfirm, serverResizeRevert } from "./commands/server-action/resize.ts";
import { serverMigrationList } from "./commands/server-migration/list.ts";
import { serverMigrationShow } from "./commands/server-migration/show.ts";
import { volumeAttach, volumeAttachments, volumeDetach } from "./commands/volume/attachment.ts";
import { volumeAdopt, volumeCreate, volumeDelete, volumeList, volumeShow } from "./commands/volume/volume.ts";
import type { Context } from "./context.ts";
import type { Io } from "./io.ts";
import { version } from "./version.ts";

const environmentHelp = `
Logging in: OS_AUTH_URL, OS_USERNAME, OS_PASSWORD and OS_PROJECT_NAME, or OS_AUTH_URL and OS_TOKEN;
without OS_AUTH_URL the file cli.json in FERRY_HOME (~/.ferry), which the ferry server writes.
FERRY_DEBUG=1 adds details of errors. NO_COLOR=1 leaves out colours.
Exit codes: ferry help exit-codes`;

const failing = new WeakMap<CommanderError, Command>();

/** How the command that could not be parsed is called, `ferry host add`; `program` when it is not known. */
export function invocationOf(error: CommanderError, program: Command): string {
  const names: string[] = [];
  for (let command: Command | null = failing.get(error) ?? program; command !== null; command = command.parent)
    names.unshift(command.name());
  return names.join(" ");
}

/** Every command throws instead of ending the process, and writes where the context says. */
function settle(command: Command, io: Io): Command {
  command
    .exitOverride((error) => {
      failing.set(error, command);
      throw error;
    })
    .showSuggestionAfterError(true);
  command.configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => io.stderr.write(text),
    outputError: () => undefined,
  });
  for (const member of command.commands) settle(member, io);
  return command;
}

/** `ferry …`: all commands on one screen. */
export function ferryProgram(context: Context): Command {
  const program = new Command("ferry")
    .description("Live migration for plain libvirt hosts, in OpenStack Nova's words")
    .version(version)
    .addHelpText("after", environmentHelp);
  const members = [
    group("host", "Add, list, show, check, fence and remove hosts", [
      hostAdd(context),
      hostList(context),
      hostShow(context),
      hostSet(context),
      hostCheck(context),
      hostFence(context),
      hostRemove(context),
    ]),
    group("pool", "List, define, start, stop and delete storage pools of the hosts", [
      poolList(context),
      poolDefine(context),
      poolStart(context),
      poolStop(context),
      poolDelete(context),
    ]),
    group("volume", "Make, adopt, list, show and delete volumes in storage pools", [
      volumeList(context),
      volumeCreate(context),
      volumeAdopt(context),
      volumeShow(context),
      volumeDelete(context),
    ]),
    volumeAttach(context),
    volumeDetach(context),
    volumeAttachments(context),
    serverList(context),
    serverShow(context),
    serverBoot(context),
    imageList(context),
    imageCreate(context),
    imageDelete(context),
    flavorList(context),
    flavorCreate(context),
    flavorDelete(context),
    serverPreflight(context),
    liveMigration(context),
    liveMigrationAbort(context),
    serverMigrate(context),
    serverEvacuate(context),
    hostEvacuate(context),
    serverResize(context),
    serverResizeConfirm(context),
    serverResizeRevert(context),
    ...lifecycleCommands(context),
    serverReboot(context),
    serverLock(context),
    serverUnlock(context),
    serverResetState(context),
    serverDelete(context),
    instanceActionList(context),
    instanceAction(context),
    serverMigrationList(context),
    serverMigrationShow(context),
    ...secgroupCommands(context),
    ...secgroupRuleCommands(context),
    ...membershipCommands(context),
    group("migration", "List, show and watch migrations", [migrationList(context), migrationShow(context), migrationWatch(context)]),
    new ExitCodesHelp(context),
  ];
  return settle(holding(program, members), context.io);
}

/** `live-migration …`: the same command as `ferry live-migration`, on its own. */
export const liveMigrationProgram = (context: Context): Command =>
  settle(liveMigration(context, runLiveMigration, "live-migration").version(version).addHelpText("after", environmentHelp), context.io);
