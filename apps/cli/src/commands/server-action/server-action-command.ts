import type { Command } from "commander";
import type { Context } from "../../context.ts";
import { leaf, perform } from "../command.ts";
import { seconds } from "../seconds.ts";
import { actOnEach, type Deed, type EachOptions } from "./act-on-each.ts";

interface Description {
  /** The command's name, which is Nova's. */
  readonly name: string;
  readonly summary: string;
  readonly examples: readonly (readonly [string, string])[];
}

interface Flags {
  readonly wait?: true;
  readonly timeout?: number;
  readonly json?: true;
}

/** `ferry NAME SERVER...`; `more` adds options of its own, of which `deedOf` makes the deed. */
export function serverActionCommand<Own extends object>(
  context: Context,
  description: Description,
  deedOf: (flags: Own) => Deed,
  more: (command: Command) => Command = (command) => command,
): Command {
  const command = leaf(description.name, description).argument("<server...>", "names or ids of the servers");
  return more(command)
    .option("--wait", "return when it is done, not when it is accepted")
    .option("--timeout <seconds>", "with --wait: stop waiting after so many seconds (exit code 11); the action goes on", seconds)
    .action((servers: readonly string[], flags: Flags & Own) => {
      const options: EachOptions = {
        servers,
        wait: flags.wait ?? false,
        timeoutSeconds: flags.timeout ?? null,
        json: flags.json ?? false,
      };
      return perform((each: EachOptions, where) => actOnEach(deedOf(flags), each, where), options, context);
    });
}
