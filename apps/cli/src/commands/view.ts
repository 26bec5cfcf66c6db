import type { Command } from "commander";
import type { Api } from "../api/connect.ts";
import type { Context, Run } from "../context.ts";
import { exitCodes } from "../exit-codes.ts";
import { print } from "../output/print.ts";
import { leaf, perform } from "./command.ts";

/** What was given for each argument, by its name. */
export type Given<Name extends string> = Readonly<Record<Name, string>>;
export type ViewOptions<Name extends string> = Given<Name> & { readonly json: boolean };

/** A command that reads one document and prints it. */
export interface View<Name extends string, Document> {
  readonly name: string;
  readonly summary: string;
  readonly examples: readonly (readonly [string, string])[];
  /** Name and help of each argument, all of them required. */
  readonly arguments: readonly (readonly [name: Name, help: string])[];
  /** The document's name in the API's JSON, under which `--json` prints it. */
  readonly document: string;
  read(api: Api, given: Given<Name>): Promise<Document>;
  /** For people. */
  text(document: Document, context: Context): string;
}

/** The command of a view. `run` takes the place of its deed in tests. */
export function viewCommand<Name extends string, Document>(
  context: Context,
  view: View<Name, Document>,
  run: Run<ViewOptions<Name>> = deedOf(view),
): Command {
  const command = leaf(view.name, view);
  for (const [name, help] of view.arguments) command.argument(`<${name}>`, help);
  return command.action((...parameters: unknown[]) => {
    const given = Object.fromEntries(view.arguments.map(([name], index) => [name, parameters[index]])) as Given<Name>;
    const { json = false } = command.opts<{ json?: true }>();
    return perform(run, { ...given, json }, context);
  });
}

const deedOf =
  <Name extends string, Document>({ document: name, read, text }: View<Name, Document>): Run<ViewOptions<Name>> =>
  async (options, context) => {
    const document = await read(await context.connect(), options);
    print(context, options.json, { [name]: document }, () => text(document, context));
    return exitCodes.ok;
  };
