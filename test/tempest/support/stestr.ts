import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { run, tryRun } from "../../lab/run.ts";
import { fullIds, type Outcome, outcomesOf, textOf } from "./results.ts";

const RUN_TIMEOUT_MS = 15 * 60_000;

/** Tempest as Debian installs it, run by stestr in a directory of its own that holds tempest.conf and accounts.yaml. */
export class Stestr {
  private readonly directory: string;
  private readonly command: readonly string[];

  private constructor(directory: string, command: readonly string[]) {
    this.directory = directory;
    this.command = command;
  }

  static async open(directory: string, files: { readonly conf: string; readonly accounts: string }): Promise<Stestr> {
    await mkdir(join(directory, "locks"), { recursive: true });
    await writeFile(join(directory, "tempest.conf"), files.conf);
    await writeFile(join(directory, "accounts.yaml"), files.accounts, { mode: 0o600 });
    const python = await interpreter();
    const top = (await run([python, "-c", "import os, tempest; print(os.path.dirname(os.path.dirname(tempest.__file__)))"])).trim();
    const stestr = new Stestr(directory, [python, "-m", "stestr", "--test-path", join(top, "tempest/test_discover"), "--top-dir", top]);
    await stestr.ask(["init"]);
    return stestr;
  }

  /** Runs the tests of these plain names one after the other. `heard` gets each line of the output. */
  async run(names: readonly string[], heard: (line: string) => void): Promise<Map<string, Outcome>> {
    const ids = fullIds(names, (await this.ask(["list"])).split("\n"));
    const list = join(this.directory, "load.txt");
    await writeFile(list, `${ids.join("\n")}\n`);
    const lines: string[] = [];
    await this.watch(["run", "--serial", "--load-list", list], (line) => {
      lines.push(line);
      heard(line);
    });
    const subunit = join(this.directory, "last.subunit");
    const statuses = await run(
      ["/bin/sh", "-c", '"$@" | subunit2csv > "$0"', subunit, ...this.command, "last", "--subunit"],
      this.options(),
    );
    if (statuses !== "") throw new Error(`subunit2csv told more than expected: ${statuses}`);
    return outcomesOf(names, await readFile(subunit, "utf8"), textOf(lines));
  }

  private async ask(args: readonly string[]): Promise<string> {
    return await run([...this.command, ...args], this.options());
  }

  private async watch(args: readonly string[], heard: (line: string) => void): Promise<void> {
    const [program = "", ...rest] = [...this.command, ...args];
    const { cwd, env } = this.options();
    const child: ChildProcess = spawn(program, rest, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    const deadline = setTimeout(() => child.kill("SIGKILL"), RUN_TIMEOUT_MS);
    for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on("line", heard);
    await new Promise((resolve) => child.once("close", resolve));
    clearTimeout(deadline);
  }

  private options() {
    return { cwd: this.directory, env: { TEMPEST_CONFIG_DIR: this.directory, TEMPEST_CONFIG: "tempest.conf" }, timeoutMs: 60_000 };
  }
}

/** The Python that the command `tempest` was installed for, which need not be the first in PATH. */
async function interpreter(): Promise<string> {
  const { stdout } = await tryRun(["head", "-n", "1", "/usr/bin/tempest"]);
  return stdout.replace(/^#!\s*/, "").trim();
}
