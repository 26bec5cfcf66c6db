import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { guardName } from "@ferry/core";
import { liveMigration } from "@ferry/migration";
import type { FakeHost } from "@ferry/testkit";
import { afterAll, beforeAll, expect, it } from "vitest";
import { addLibvirtFilters } from "./support/firewall-world.ts";
import { type Fleet, openFleet } from "./support/fleet.ts";
import { inParallel } from "./support/in-parallel.ts";
import { World } from "./support/world.ts";

let fleet: Fleet;
beforeAll(async () => {
  fleet = await openFleet();
});
afterAll(() => fleet.close());

const openPorts = (host: FakeHost, uuid: string): number[] | null => {
  const xml = host.nwfilters.get(guardName(uuid))?.xml;
  return xml === undefined ? null : [...xml.matchAll(/<tcp [^>]*dstportstart="(\d+)"/g)].map((match) => Number(match[1]));
};

/** A guest that its group guards already, about to be moved. */
async function openGuarded(): Promise<{ world: World; group: string; rule: string }> {
  const uuid = randomUUID();
  const world = await World.open(fleet, {
    name: "guarded",
    transport: "direct",
    guest: { name: "lm001", uuid, bridge: "br0", filter: guardName(uuid) },
    furnish: (source, destination) => {
      for (const host of [source, destination]) addLibvirtFilters(host);
      source.addNwfilter(guardName(uuid));
    },
  });
  const { id: group } = await fleet.store.securityGroups.create({ projectId: fleet.owner.projectId, name: uuid, description: "" });
  const rule = await letIn(group, 80);
  await fleet.store.securityGroupMembers.join({ serverId: uuid, groupId: group, group });
  await applyRules(world);
  return { world, group, rule };
}

async function letIn(groupId: string, port: number): Promise<string> {
  const rule = { groupId, protocol: "tcp", fromPort: port, toPort: port, cidr: "0.0.0.0/0", remoteGroupId: null } as const;
  return (await fleet.store.securityGroups.addRule(rule)).id;
}

async function applyRules(world: World): Promise<void> {
  await fleet.sql.query("UPDATE server_firewalls SET retry_at = NULL WHERE server_id = $1", [world.uuid]);
  const worker = world.worker();
  await worker.runFirewall(world.uuid);
  await worker.stop();
}

/** The steps before which the destination has no filters yet. */
const beforePlaced = liveMigration.steps.findIndex(({ name }) => name === "place-firewall-rules");
const handedOver = liveMigration.steps.findIndex(({ name }) => name === "transfer-guest");

it("a rule that is changed after whichever step of a move is in force where the server ends, and on the way wherever its filter is", async () => {
  const problems = await inParallel(
    liveMigration.steps.map(({ name }, index) => ({ name, index })),
    ({ name }) => `after ${name}`,
    async ({ name, index }) => {
      const { world, group, rule } = await openGuarded();
      try {
        await world.run(async (point, step) => {
          if (point !== "after" || step !== name) return;
          await letIn(group, 443);
          await fleet.store.securityGroups.removeRule(rule);
          await applyRules(world);
          if (index < handedOver) expect(openPorts(world.source, world.uuid)).toEqual([443]);
          if (index >= beforePlaced) expect(openPorts(world.destination, world.uuid)).toEqual([443]);
        });
        await world.recover();
        expect(await world.status()).toBe("completed");
        expect(openPorts(world.destination, world.uuid)).toEqual([443]);
        expect(openPorts(world.source, world.uuid)).toBeNull();
        await applyRules(world);
        expect(await fleet.store.serverFirewalls.state(world.uuid)).toEqual({ pending: false, problem: null });
        expect(openPorts(world.destination, world.uuid)).toEqual([443]);
      } finally {
        await world.close();
      }
    },
  );
  expect(problems).toEqual([]);
});

/** Between what a job has seen of a filter and what it does about it. */
const HESITATION_MS = 700;
/** The job asks for its order when it starts, and again before it changes the filter at either host: the source comes last. */
const BEFORE_THE_SOURCE = 3;

/** Starts a job that hesitates right before it changes the filter at the source; `at` resolves once it does. */
function hesitantJob(world: World): { readonly at: Promise<void>; readonly ended: Promise<void> } {
  const at = Promise.withResolvers<void>();
  let asked = 0;
  const worker = world.worker(undefined, (store) => ({
    ...store,
    serverFirewalls: {
      ...store.serverFirewalls,
      order: async (lease) => {
        asked += 1;
        if (asked === BEFORE_THE_SOURCE) {
          at.resolve();
          await sleep(HESITATION_MS);
        }
        return await store.serverFirewalls.order(lease);
      },
    },
  }));
  const ended = worker.runFirewall(world.uuid).then(() => worker.stop());
  return { at: at.promise, ended };
}

it("filters that are released at the source do not come back by a job that saw them there before", async () => {
  const { world, group } = await openGuarded();
  try {
    let job: Promise<void> | undefined;
    await world.run(async (point, step) => {
      if (point !== "before" || step !== "release-source-firewall") return;
      await letIn(group, 443);
      const { at, ended } = hesitantJob(world);
      job = ended;
      await at;
    });
    await job;
    await world.recover();
    expect(await world.status()).toBe("completed");
    expect(openPorts(world.source, world.uuid)).toBeNull();
    await applyRules(world);
    expect(openPorts(world.destination, world.uuid)?.sort()).toEqual([443, 80]);
    expect(openPorts(world.source, world.uuid)).toBeNull();
  } finally {
    await world.close();
  }
});

it("a server that joins its first group while it is being moved is guarded once it has arrived, and pending till then", async () => {
  const world = await World.open(fleet, {
    name: "joins on the way",
    transport: "p2p",
    guest: { name: "lm001", bridge: "br0" },
    furnish: (source, destination) => {
      for (const host of [source, destination]) addLibvirtFilters(host);
    },
  });
  try {
    const { id: groupId } = await fleet.store.securityGroups.create({
      projectId: fleet.owner.projectId,
      name: randomUUID(),
      description: "",
    });
    await letIn(groupId, 80);
    await world.run(async (point, step) => {
      if (point !== "after" || step !== "create-disks") return;
      await fleet.store.securityGroupMembers.join({ serverId: world.uuid, groupId, group: groupId });
      await applyRules(world);
      const { number } = world.migration;
      const problem = expect.stringContaining(`while migration ${number} of it is not finished`);
      expect(await fleet.store.serverFirewalls.state(world.uuid)).toEqual({ pending: true, problem });
    });
    expect(await world.status()).toBe("completed");
    await applyRules(world);
    expect(openPorts(world.destination, world.uuid)).toEqual([80]);
    expect(world.destination.domains.get(world.uuid)?.emulator?.xml).toContain(`filter="${guardName(world.uuid)}"`);
    expect(await fleet.store.serverFirewalls.state(world.uuid)).toEqual({ pending: false, problem: null });
  } finally {
    await world.close();
  }
});
