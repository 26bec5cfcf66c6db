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
export function group(name: string, summary: string, members: readonly Command[]): Command {
  const parent = new Command(name).description(summary);
  for (const member of members) parent.addCommand(member);
  return parent;
}

/** Runs the deed of a command and hands its exit code to the process. */
export async function perform<Options>(run: Run<Options>, options: Options, context: Context): Promise<void> {
  context.finish(await run(options, context));
}
