import type { Command } from "commander";
import { expect, test } from "vitest";
import type { Context } from "../src/context.ts";
import { exitCodeMeanings, exitCodes } from "../src/exit-codes.ts";
import { ferryProgram } from "../src/program.ts";
import { makeWorld } from "./support/world.ts";

const context = { io: {} } as unknown as Context;
const leaves = (command: Command): Command[] => (command.commands.length === 0 ? [command] : command.commands.flatMap(leaves));
const commands = leaves(ferryProgram(context)).filter((command) => command.name() !== "exit-codes");
const pathOf = (command: Command): string => (command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`);

test.each(commands.map((command) => [pathOf(command), command] as const))("%s has --json, and examples in its help", async (path) => {
  const world = makeWorld();
  expect(await world.ferry(...path.split(" ").slice(1), "--help")).toBe(0);
  expect(world.out.text).toContain("--json");
  expect(world.out.text).toContain(`\n  ${path}`);
  expect(world.err.text).toBe("");
});

test.each([
  [["lst"], "unknown command 'lst' (Did you mean list?)"],
  [["host", "ad"], "unknown command 'ad' (Did you mean add?)"],
  [["list", "--jsn"], "unknown option '--jsn' (Did you mean --json?)"],
  [["show"], "missing required argument 'server'"],
  [["host"], "A command is missing."],
  [["live-migration", "--force", "a"], "--force needs HOST"],
  [["show", ""], "SERVER must be a name or an id"],
])("%j is wrong usage: 64, a sentence and a remedy", async (args, sentence) => {
  const world = makeWorld({ url: "http://127.0.0.1:1" });
  expect(await world.ferry(...args)).toBe(64);
  expect(world.err.text).toContain("error: USAGE: ");
  expect(world.err.text).toContain(sentence);
});

test.each([
  [["host", "add"], "ferry host add"],
  [["list", "--jsn"], "ferry list"],
  [["host"], "ferry host"],
  [["lst"], "ferry"],
])("wrong usage of %j points to the help of %s", async (args, invocation) => {
  const world = makeWorld();
  expect(await world.ferry(...args)).toBe(64);
  expect(world.err.text).toContain(`remedy: See ${invocation} --help\n`);
});

test.each([
  [["live-migration", "--force", "a"], {}],
  [["list"], { OS_AUTH_URL: "h:8774", OS_USERNAME: "u", OS_PASSWORD: "p", OS_PROJECT_NAME: "p" }],
])("%j with %j is told with a remedy", async (args, env) => {
  const world = makeWorld({ env });
  expect(await world.ferry(...args)).toBe(64);
  expect(world.err.text).toContain("\nremedy: ");
});

test.each([[["--json", "list"]], [["host", "--json", "list"]], [["--json", "host", "list"]], [["list", "--json"]]])(
  "--json is understood wherever it stands: %j",
  async (args) => {
    const world = makeWorld();
    expect(await world.ferry(...args)).toBe(4);
    expect(JSON.parse(world.err.text)).toMatchObject({ error: { code: "NOT_CONFIGURED" } });
  },
);

test.each([[["--json", "exit-codes"]], [["exit-codes", "--json"]]])("%j gives the exit codes as JSON", async (args) => {
  const world = makeWorld();
  expect(await world.ferry(...args)).toBe(0);
  expect(JSON.parse(world.out.text)).toEqual({ exit_codes: exitCodeMeanings.map(([code, meaning]) => ({ code, meaning })) });
});

test("help and version are successes on standard output", async () => {
  for (const args of [["--help"], ["help"], ["help", "host"], ["help", "live-migration"], ["--version"]]) {
    const world = makeWorld();
    expect(await world.ferry(...args)).toBe(0);
    expect(world.out.text).not.toBe("");
  }
});

test("every exit code is explained by ferry help exit-codes, in either way of asking", async () => {
  const asHelp = makeWorld();
  const asCommand = makeWorld();
  expect(await asHelp.ferry("help", "exit-codes")).toBe(0);
  expect(await asCommand.ferry("exit-codes")).toBe(0);
  expect(asHelp.out.text).toBe(asCommand.out.text);
  expect(exitCodeMeanings.map(([code]) => code).toSorted()).toEqual(Object.values(exitCodes).toSorted());
  for (const [code, meaning] of exitCodeMeanings) expect(asHelp.out.text).toContain(`${code}  ${meaning}`);
});

test("with --json an error is one JSON object on standard error", async () => {
  const world = makeWorld();
  expect(await world.ferry("list", "--json")).toBe(4);
  expect(world.out.text).toBe("");
  expect(JSON.parse(world.err.text)).toMatchObject({ error: { code: "NOT_CONFIGURED", exitCode: 4, requestId: null } });
});

test("causes and stacks are shown with FERRY_DEBUG=1 only", async () => {
  const quiet = makeWorld();
  const loud = makeWorld({ env: { FERRY_DEBUG: "1" } });
  await quiet.ferry("list");
  await loud.ferry("list");
  expect(quiet.err.text).not.toMatch(/^\s+at /m);
  expect(loud.err.text).toMatch(/^\s+at /m);
  expect(loud.err.text).toContain("ENOENT");
});
