import type { Command } from "commander";
import type { Api } from "../../api/connect.ts";
import type { Context } from "../../context.ts";
import { exitCodes } from "../../exit-codes.ts";
import { print } from "../../output/print.ts";
import { leaf, perform } from "../command.ts";

interface Description {
  readonly name: string;
  readonly summary: string;
  readonly examples: readonly (readonly [string, string])[];
  /** As commander writes them, `<group>` or `[description]`, with what they are. */
  readonly args: readonly (readonly [string, string])[];
}

/** What a command has done: for `--json`, and for people. */
export interface Outcome {
  readonly value: unknown;
  readonly text: () => string;
}

export type SecgroupDeed<Flags> = (api: Api, args: readonly string[], flags: Flags) => Promise<Outcome>;

/** A command on security groups: its arguments in, one result out. */
export function secgroupCommand<Flags extends object>(
  context: Context,
  description: Description,
  deed: SecgroupDeed<Flags>,
  more: (command: Command) => Command = (command) => command,
): Command {
  const command = more(leaf(description.name, description));
  for (const [argument, meaning] of description.args) command.argument(argument, meaning);
  return command.action((...given: unknown[]) => {
    const args = given.slice(0, description.args.length).filter((arg) => typeof arg === "string");
    const flags = given[description.args.length] as Flags & { json?: true };
    const run = async (_options: object, where: Context) => {
      const { value, text } = await deed(await where.connect(), args, flags);
      print(where, flags.json ?? false, value, text);
      return exitCodes.ok;
    };
    return perform(run, {}, context);
  });
}
