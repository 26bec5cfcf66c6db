import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { assertInvariants } from "./support/invariants.ts";
import { plainMoves } from "./support/scenario.ts";
import { worlds } from "./support/suite.ts";
import type { World } from "./support/world.ts";

const inWorld = worlds();

/** Long enough for everything that follows at once, short enough for a test. */
const A_WHILE_MS = 300;

/** In the copy of a disk, in the copy of memory, and in the turn before the guest is paused. */
const moments = [
  { moment: "while the disk is copied", turn: 2 },
  { moment: "while memory is copied", turn: 5 },
  { moment: "in the last turn of the copy", turn: 6 },
];

/** Something that happens to a host, and what ends it. */
interface Mishap {
  readonly what: string;
  readonly strike: (world: World) => void;
  readonly heal?: (world: World) => void;
}

const mishaps: readonly Mishap[] = [
  {
    what: "the source's libvirtd is killed and comes back",
    strike: ({ source }) => source.daemon.kill(),
    heal: ({ source }) => source.daemon.start(),
  },
  {
    what: "the destination's libvirtd is killed and comes back",
    strike: ({ destination }) => destination.daemon.kill(),
    heal: ({ destination }) => destination.daemon.start(),
  },
  { what: "the destination's emulator dies", strike: ({ destination, uuid }) => destination.crashGuest(uuid) },
  {
    what: "the destination's pool is full",
    strike: ({ destination }) => setFull(destination, true),
    heal: ({ destination }) => setFull(destination, false),
  },
  {
    what: "the link between the hosts is cut for a while",
    strike: ({ datacentre, source, destination }) => datacentre.cutLink(source, destination),
    heal: ({ datacentre, source, destination }) => datacentre.restoreLink(source, destination),
  },
  { what: "ferry loses the source for a while", strike: ({ source }) => source.ssh.cut(), heal: ({ source }) => source.ssh.restore() },
  {
    what: "ferry loses the destination for a while",
    strike: ({ destination }) => destination.ssh.cut(),
    heal: ({ destination }) => destination.ssh.restore(),
  },
  {
    what: "ferry loses both for a while",
    strike: ({ datacentre }) => {
      for (const host of datacentre.hosts) host.ssh.cut();
    },
    heal: ({ datacentre }) => {
      for (const host of datacentre.hosts) host.ssh.restore();
    },
  },
];

const setFull = (host: World["source"], full: boolean): void => {
  for (const pool of host.pools.all()) pool.full = full;
};

/** Strikes once in that turn of the copy, and heals after a while. */
function strikeIn(turn: number, world: World, { strike, heal }: Mishap): void {
  world.datacentre.onTurn = (at) => {
    if (at !== turn) return;
    strike(world);
    if (heal) void pause(A_WHILE_MS).then(() => heal(world));
  };
}

describe.concurrent.each(plainMoves)("a host in trouble during a move: $name", (scenario) => {
  for (const mishap of mishaps) {
    for (const { moment, turn } of moments) {
      it(`${mishap.what} ${moment}`, async () => {
        await inWorld(scenario, async (world) => {
          strikeIn(turn, world, mishap);
          await world.run();
          await world.recover();
          await assertInvariants(world);
        });
      });
    }
  }

  it("a link that stays cut is given up when the move is aborted", async () => {
    await inWorld(scenario, async (world) => {
      world.datacentre.onTurn = async (at) => {
        if (at !== 2) return;
        world.datacentre.cutLink(world.source, world.destination);
        await world.requestAbort();
        world.workers.at(-1)?.aborts.abort(world.migration.id);
      };
      await world.run();
      world.datacentre.restoreLink(world.source, world.destination);
      await world.recover();
      await assertInvariants(world, "source");
    });
  });

  it("a guest whose emulator dies at the source stays there, stopped, and nothing of the move is left", async () => {
    await inWorld(scenario, async (world) => {
      world.datacentre.onTurn = (at) => {
        if (at === 4) world.source.crashGuest(world.uuid);
      };
      await world.run();
      await world.recover();
      expect(world.destination.domains.get(world.uuid)).toBeUndefined();
      expect(world.source.domains.get(world.uuid)?.persistentXml).toBeTruthy();
      expect(world.datacentre.journal.violations).toEqual([]);
      expect(world.datacentre.journal.find("file-deleted").map(({ where }) => where)).not.toContain(world.source.name);
    });
  });
});

describe.concurrent("the answer to Finish is lost", () => {
  const [, direct] = plainMoves;
  const cases: readonly Mishap[] = [
    { what: "because the connection breaks before it happens", strike: ({ destination }) => destination.faults.loseCall(FINISH) },
    { what: "because the connection breaks after it happened", strike: ({ destination }) => destination.faults.loseAnswer(FINISH) },
    {
      what: "and the destination is silent for a while after it happened",
      strike: (world) => world.destination.faults.plan(FINISH, 1, { kind: "hook", after: () => silence(world) }),
    },
    {
      what: "and the destination is silent for a while before it happens",
      strike: (world) => world.destination.faults.plan(FINISH, 1, { kind: "hook", before: () => silence(world) }),
    },
    {
      what: "because libvirtd dies before it happens",
      strike: (world) => world.destination.faults.plan(FINISH, 1, { kind: "hook", before: () => restart(world) }),
    },
    {
      what: "because libvirtd dies after it happened",
      strike: (world) => world.destination.faults.plan(FINISH, 1, { kind: "hook", after: () => restart(world) }),
    },
  ];
  for (const { what, strike } of cases) {
    it(`${what}: the guest ends up running exactly once`, async () => {
      if (!direct) throw new Error("there is no such scenario");
      await inWorld(direct, async (world) => {
        strike(world);
        await world.run();
        await world.recover();
        await assertInvariants(world);
        expect(world.destination.faults.unused()).toEqual([]);
      });
    });
  }
});

const FINISH = "domainMigrateFinish3Params";

function silence({ destination }: World): void {
  destination.ssh.cut();
  void pause(A_WHILE_MS).then(() => destination.ssh.restore());
}

function restart({ destination }: World): void {
  destination.daemon.kill();
  void pause(A_WHILE_MS).then(() => destination.daemon.start());
}
