#!/usr/bin/env node
import { spareLoopback } from "./spare-loopback.js";
import { runsOnWantedNode } from "./wanted-node.js";

if (runsOnWantedNode()) {
  spareLoopback();
  const { enableCompileCache } = await import("node:module");
  enableCompileCache();
  const { runFerry } = await import("../src/index.ts");
  process.exitCode = await runFerry(process.argv.slice(2));
}
