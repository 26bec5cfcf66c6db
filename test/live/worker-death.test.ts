import { liveMigration } from "@ferry/migration";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cutLink, restoreLink, setLinkRate } from "../lab/index.ts";
import type { MigrationRecord } from "../stack/api-client.ts";
import { startMove, untilCopied } from "./support/moves.ts";
import type { MovingGuest } from "./support/moving-guest.ts";
import { assertRecordedTruth } from "./support/truth.ts";
import { World } from "./support/world.ts";

type Transport = "p2p" | "direct";

const PIVOT = "transfer-guest";
const ENDS_WITHIN_MS = 60_000;
/** Within this time ferry has ended a transfer whose destination fell silent. */
const CUT_ENDS_WITHIN_MS = 120_000;

const places: readonly (readonly [fault: string, transport: Transport])[] = [
  ...liveMigration.steps
    .filter(({ name }) => name !== PIVOT)
    .map(({ name }, index) => [`after:${name}`, index % 2 ? "direct" : "p2p"] as const),
  ...(["p2p", "direct"] as const).flatMap((transport) => [[`before:${PIVOT}`, transport] as const, [`after:${PIVOT}`, transport] as const]),
];

describe("kill -9 of the worker, then a new worker", () => {
  let world: World;
  let guest: MovingGuest;

  beforeAll(async () => {
    world = await World.open();
    guest = await world.startGuest({ name: "worker-death", host: "compute1" });
  });

  afterAll(() => World.close(world));

  test.each(places)("%s (%s): the move ends in one of the two truths, and the record says in which", async (fault, transport) => {
    const path = await startAndDie(fault, transport);
    await world.stack.startProcess("worker");
    const record = await ended(path);
    expect(record.status).toBe(fault === `before:${PIVOT}` ? "failed" : "completed");
    await assertRecordedTruth(world, guest, record);
  });

  test.each([
    ["p2p", "completed"],
    ["direct", "failed"],
  ] as const)("in the middle of the copy (%s): the move is %s", async (transport, status) => {
    const { stack, lab } = world;
    await setLinkRate(lab, world.host("compute1"), "80mbit");
    const path = await startMove(world, guest, { transport });
    await untilCopied(world, guest, path, "diskBytes");
    await stack.end("worker", "SIGKILL");
    await stack.startProcess("worker");
    const record = await ended(path);
    await restoreLink(lab, world.host("compute1"));
    expect(record.status, record.problem?.sentence).toBe(status);
    await assertRecordedTruth(world, guest, record);
  });

  test("in the middle of the copy (p2p), and the link between the hosts is cut: the new worker ends the move", async () => {
    const { stack, lab } = world;
    await setLinkRate(lab, world.host("compute1"), "80mbit");
    const path = await startMove(world, guest, { transport: "p2p" });
    await untilCopied(world, guest, path, "diskBytes");
    await stack.end("worker", "SIGKILL");
    await cutLink(lab, world.host("compute2"));
    await stack.startProcess("worker");
    const record = await stack.api.untilEnded(path, CUT_ENDS_WITHIN_MS);
    await restoreLink(lab, world.host("compute1"));
    await restoreLink(lab, world.host("compute2"));
    expect(record.status, record.problem?.sentence).toBe("failed");
    await assertRecordedTruth(world, guest, record);
  });

  test("while it takes a move back: the next worker goes on with that", async () => {
    const { stack, lab } = world;
    await stack.end("worker", "SIGKILL");
    await stack.startProcess("worker", { FERRY_FAULT: "before-undo:create-disks" });
    await setLinkRate(lab, world.host("compute1"), "80mbit");
    const path = await startMove(world, guest, { transport: "p2p" });
    await untilCopied(world, guest, path, "diskBytes");
    const { number } = await stack.api.migration(path);
    await stack.api.ok("DELETE", `/v2.1/servers/${guest.id}/migrations/${number}`);
    await stack.ended("worker", ENDS_WITHIN_MS);
    await stack.startProcess("worker");
    const record = await ended(path);
    await restoreLink(lab, world.host("compute1"));
    expect(record.status).toBe("cancelled");
    await assertRecordedTruth(world, guest, record);
  });

  /** Replaces the worker by one that dies at that place of the next move, starts the move, and waits until the worker is dead. */
  async function startAndDie(fault: string, transport: Transport): Promise<string> {
    await world.stack.end("worker", "SIGTERM");
    await world.stack.startProcess("worker", { FERRY_FAULT: fault });
    const path = await startMove(world, guest, { transport });
    await world.stack.ended("worker", ENDS_WITHIN_MS);
    return path;
  }

  const ended = (path: string): Promise<MigrationRecord> => world.stack.api.untilEnded(path, ENDS_WITHIN_MS);
});
