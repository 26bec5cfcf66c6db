import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The oldest Node.js that runs TypeScript sources directly and has everything the commands use. */
const wantedMajor = 24;

/** The Node.js that came with the project's npm packages. */
const ownNode = fileURLToPath(new URL("../../../node_modules/.bin/node", import.meta.url));

/** Runs this program again on that Node.js, with the same terminal, and ends as it ends. */
function handOver(node) {
  const child = spawn(node, process.argv.slice(1), { stdio: "inherit" });
  // Ctrl-C reaches the child from the terminal itself; passed on as well it would count twice.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("error", () => refuse());
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
  });
}

function refuse() {
  process.stderr.write(
    `Cannot run ferry with Node.js ${process.versions.node}: it must be ${wantedMajor} or newer. ` +
      'Run "npm ci" inside the project, which brings its own Node.js, or upgrade Node.js.\n',
  );
  process.exitCode = 1;
}

/**
 * Whether this Node.js is new enough to go on. If not, the program is run by the project's own Node.js, or, where there is none, told to be impossible in
 * one sentence; the caller has nothing more to do then. Plain JavaScript, because an older Node.js must be able to read it.
 */
export function runsOnWantedNode(node = ownNode) {
  if (Number(process.versions.node.split(".")[0]) >= wantedMajor) return true;
  if (existsSync(node)) handOver(node);
  else refuse();
  return false;
}
