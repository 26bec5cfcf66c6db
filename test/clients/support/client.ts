import { expect } from "vitest";
import { type CommandResult, tryRun } from "../../lab/run.ts";
import { readTable, type TableRow } from "./table.ts";
import type { Account } from "./world.ts";

/** Commands with `--wait` end when the server has got there. */
const COMMAND_TIMEOUT_MS = 150_000;

/** One of OpenStack's own command-line clients, told by its environment alone whom it speaks for. */
export class Client {
  /** Commands run so far, refused ones included. */
  count = 0;
  private readonly program: string;
  private readonly env: Readonly<Record<string, string>>;

  constructor(
    program: "openstack" | "nova",
    url: string,
    { user, project, password }: Account,
    env: Readonly<Record<string, string>> = {},
  ) {
    this.program = program;
    this.env = {
      OS_AUTH_URL: `${url}/identity/v3`,
      OS_IDENTITY_API_VERSION: "3",
      OS_REGION_NAME: "RegionOne",
      OS_USERNAME: user,
      OS_PASSWORD: password,
      OS_PROJECT_NAME: project,
      OS_USER_DOMAIN_NAME: "Default",
      OS_PROJECT_DOMAIN_NAME: "Default",
      ...env,
    };
  }

  /** Standard output of a command that must succeed. */
  async text(...args: readonly string[]): Promise<string> {
    const result = await this.run(args);
    if (result.code !== 0) expect.fail(this.report(args, result));
    return result.stdout;
  }

  /** The same, told as JSON. */
  async json<T = Record<string, unknown>>(...args: readonly string[]): Promise<T> {
    const text = await this.text(...args, "-f", "json");
    try {
      return JSON.parse(text) as T;
    } catch {
      return expect.fail(`${this.program} ${args.join(" ")} printed no JSON:\n${text}`);
    }
  }

  /** The same of a client that prints tables only. */
  async table(...args: readonly string[]): Promise<TableRow[]> {
    return readTable(await this.text(...args));
  }

  /** A table of two columns, Property and Value. */
  async properties(...args: readonly string[]): Promise<Record<string, string>> {
    const rows = await this.table(...args);
    return Object.fromEntries(rows.map(({ Property = "", Value = "" }) => [Property, Value]));
  }

  /** What a command that must be refused says about it. */
  async refusal(...args: readonly string[]): Promise<string> {
    const result = await this.run(args);
    if (result.code === 0) expect.fail(`This should have been refused.\n${this.report(args, result)}`);
    return result.stderr;
  }

  private async run(args: readonly string[]): Promise<CommandResult> {
    this.count += 1;
    return await tryRun([this.program, ...args], { env: this.env, timeoutMs: COMMAND_TIMEOUT_MS });
  }

  private report(args: readonly string[], { code, stdout, stderr }: CommandResult): string {
    return `${this.program} ${args.join(" ")}\nended with ${code}\n--- stdout\n${stdout}\n--- stderr\n${stderr}`;
  }
}
