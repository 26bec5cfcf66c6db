#!/usr/bin/env node
import { checkNode } from "./check-node.js";
import { spareLoopback } from "./spare-loopback.js";

checkNode();
spareLoopback();
const { enableCompileCache } = await import("node:module");
enableCompileCache();
const { runLiveMigrationProgram } = await import("../src/index.ts");
process.exitCode = await runLiveMigrationProgram(process.argv.slice(2));
