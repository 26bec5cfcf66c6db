import { Command } from "commander";
import type { Context, Run } from "../context.ts";

interface Description {
  readonly summary: string;
  /** Command lines that work as they stand, with the effect beside them. */
  readonly examples: readonly (readonly [string, string])[];
}

function exampleText(examples: Description["examples"]): string {
  const width = Math.max(...examples.map(([line]) => line.length));
  return ["", "Examples:", ...examples.map(([line, effect]) => `  ${line.padEnd(width)}  ${effect}`)].join("\n");
}

/** A command that does something: with `--json`, and with examples below its help. */
export const leaf = (name: string, { summary, examples }: Description): Command =>
  new Command(name).description(summary).option("--json", "print JSON instead of text").addHelpText("after", exampleText(examples));

/** A command that only holds others: `ferry host …`. */
export const group = (name: string, summary: string, members: readonly Command[]): Command =>
  holding(new Command(name).description(summary), members);

/** Gives the command its members. `--json` before the member's name is the member's, as if it stood behind it. */
export function holding(parent: Command, members: readonly Command[]): Command {
  for (const member of members) parent.addCommand(member);
  return parent
    .enablePositionalOptions()
    .option("--json", "print JSON instead of text")
    .hook("preAction", (holder, member) => {
      if (holder.getOptionValue("json") === true) member.setOptionValue("json", true);
    });
}

/** Runs the deed of a command and hands its exit code to the process. */
export async function perform<Options>(run: Run<Options>, options: Options, context: Context): Promise<void> {
  context.finish(await run(options, context));
}
