import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

export const repositoryRoot = fileURLToPath(new URL("..", import.meta.url));

/** Environment in which the repository's own tools (and its own Node.js) come first. */
export const toolEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${join(repositoryRoot, "node_modules", ".bin")}${delimiter}${process.env["PATH"] ?? ""}`,
});

/** Runs commands one after the other from the repository's top; ends this process with the status of the first that fails. */
export async function runInOrder(commands: readonly (readonly [string, ...string[]])[]): Promise<void> {
  for (const [command, ...args] of commands) {
    console.log(`> ${[command, ...args].join(" ")}`);
    const { status } = spawnSync(command, args, { cwd: repositoryRoot, env: toolEnvironment(), stdio: "inherit" });
    if (status !== 0) process.exit(status ?? 1);
  }
}
