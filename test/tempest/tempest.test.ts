import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ClientWorld } from "../clients/support/world.ts";
import { skips } from "./skips.ts";
import { accountsYaml, tempestConf } from "./support/configuration.ts";
import type { Outcome } from "./support/results.ts";
import { Stestr } from "./support/stestr.ts";
import { provide } from "./support/subject.ts";
import { tests } from "./tests.ts";

describe("Tempest's tests of the compute API", () => {
  let world: ClientWorld;
  let outcomes: Map<string, Outcome>;

  beforeAll(async () => {
    world = await ClientWorld.open();
    const directory = join(world.stack.directory, "tempest");
    const accounts = [world.admin, await world.addMember("tempest-1"), await world.addMember("tempest-2")] as const;
    const subject = { ...(await provide(world)), url: world.stack.url, directory, hosts: world.lab.hosts.length };
    const stestr = await Stestr.open(directory, { conf: tempestConf(subject), accounts: accountsYaml(accounts) });
    outcomes = await stestr.run(tests, (line) => console.log(line));
    const count = (status: Outcome["status"]): number => [...outcomes.values()].filter((one) => one.status === status).length;
    console.log(`Tempest: ${count("passed")} passed, ${count("skipped")} skipped, ${count("failed")} failed`);
  });

  afterAll(() => ClientWorld.close(world));

  test.for(tests)("%s", (name, { skip }) => {
    const { status, text } = outcomes.get(name) ?? { status: "failed", text: "Tempest did not run." };
    const reason = skips[name];
    if (status === "skipped" && reason !== undefined) skip(reason);
    if (status !== "passed") expect.fail(text);
    expect(reason, "a test that passes is no skip any more: take it out of skips.ts").toBeUndefined();
  });
});
