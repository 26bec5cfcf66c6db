/**
 * Runs a TypeScript program of this repository on a machine that may have nothing but Node and npm: installs the npm packages when they are
 * missing or older than the lock file, then starts the program on the Node.js that came with them. Plain JavaScript, so that any Node reads it.
 *
 *   node scripts/run.mjs apps/standalone/src/main.ts [ARGUMENT ...]
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const runtime = join(root, "node_modules", ".bin", "node");
const installed = join(root, "node_modules", ".package-lock.json");
const lock = join(root, "package-lock.json");

function isInstalled() {
  return existsSync(runtime) && existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs;
}

if (!isInstalled()) {
  console.error("Installing npm packages ...");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: root, stdio: ["ignore", 2, 2] });
  if (status !== 0) {
    console.error(
      "Cannot install the npm packages: npm ci failed, see above. Check that this machine reaches the npm registry, then try again.",
    );
    process.exit(1);
  }
}

const [program, ...programArguments] = process.argv.slice(2);
const child = spawn(runtime, [join(root, program), ...programArguments], { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
