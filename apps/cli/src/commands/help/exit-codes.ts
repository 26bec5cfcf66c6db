import { Command } from "commander";
import type { Context } from "../../context.ts";
import { exitCodeMeanings, exitCodes } from "../../exit-codes.ts";
import { print } from "../../output/print.ts";

const text = [
  "Exit codes of every command:",
  "",
  ...exitCodeMeanings.map(([code, meaning]) => `  ${String(code).padStart(2)}  ${meaning}`),
].join("\n");

/** A page of help that reads as a command: `ferry help exit-codes` and `ferry exit-codes` print the same. */
export class ExitCodesHelp extends Command {
  constructor(context: Context) {
    super("exit-codes");
    this.description("What the exit codes mean")
      .option("--json", "print JSON instead of text")
      .action(({ json }: { json?: true }) => {
        print(context, json ?? false, { exit_codes: exitCodeMeanings.map(([code, meaning]) => ({ code, meaning })) }, () => text);
        context.finish(exitCodes.ok);
      });
  }

  override helpInformation(): string {
    return `${text}\n`;
  }
}
