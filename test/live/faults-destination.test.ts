import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  cutLink,
  killLibvirtd,
  killQemu,
  type LabHost,
  powerOff,
  powerOn,
  restoreLink,
  setLinkRate,
  startLibvirtd,
  tryExecOn,
} from "../lab/index.ts";
import type { MigrationRecord } from "../stack/api-client.ts";
import { startMove, untilCopied } from "./support/moves.ts";
import type { MovingGuest } from "./support/moving-guest.ts";
import { untilHostState, untilIdle } from "./support/server.ts";
import { assertInside, assertTruth } from "./support/truth.ts";
import { type HostName, World } from "./support/world.ts";

const transports = ["p2p", "direct"] as const;
const IMAGES = "/var/lib/libvirt/images";
const MIB = 2 ** 20;

/** Within this time ferry has ended a transfer whose destination fell silent. */
const ENDS_WITHIN_MS = 120_000;
/** Within this time after a host came back the reconciler has removed what was left there. */
const TIDY_WITHIN_MS = 60_000;

describe("faults of the destination while disks are copied", () => {
  let world: World;
  let guest: MovingGuest;

  beforeAll(async () => {
    world = await World.open({ diskLimitsMiB: { compute2: 320 } });
    guest = await world.startGuest({ name: "faults", host: "compute1", dataMiB: 96 });
  });

  afterAll(() => World.close(world));

  beforeEach(() => setLinkRate(world.lab, world.host("compute1"), "80mbit"));
  afterEach(() => heal());

  const destination = (): LabHost => world.host("compute2");

  test.each(transports)("its pool fills up (%s): the move fails, the guest stays", async (transport) => {
    const path = await copying(transport);
    await fill(destination());
    await expectFailed(await ended(path));
    await destination().exec(["rm", `${IMAGES}/filler`]);
    await assertTruth(world, guest, "compute1");
  });

  test.each(transports)("its QEMU is killed (%s): the move fails, the guest stays", async (transport) => {
    const path = await copying(transport);
    await killQemu(destination(), guest.name);
    await expectFailed(await ended(path));
    await assertTruth(world, guest, "compute1");
  });

  test.each(transports)("the link between the hosts is cut (%s): ferry ends the move, and what is left goes", async (transport) => {
    const path = await copying(transport);
    await cutLink(world.lab, destination());
    const record = await ended(path);
    await expectFailed(record);
    await assertInside(guest);
    await restoreLink(world.lab, destination());
    await assertTruth(world, guest, "compute1", TIDY_WITHIN_MS);
  });

  test.each(["direct", "p2p"] as const)(
    "its power goes (%s): the guest stays, and all is tidy once the host is back",
    async (transport) => {
      const path = await copying(transport);
      await powerOff(world.lab, destination());
      await assertInside(guest);
      await expectFailed(await ended(path));
      await assertInside(guest);
      await powerOn(world.lab, destination());
      await world.reopenLab();
      await assertTruth(world, guest, "compute1", TIDY_WITHIN_MS);
      await untilHostState(world, "compute2", "up", TIDY_WITHIN_MS);
    },
  );

  // The last ones: here (direct) the guest is stopped for the handover and continued, which its state says until it is stopped again.
  test.each(transports)("its libvirtd is killed (%s): the guest stays, and all is tidy once the daemon is back", async (transport) => {
    const path = await copying(transport);
    await killLibvirtd(destination());
    await expectFailed(await ended(path));
    await assertInside(guest);
    await startLibvirtd(destination());
    await assertTruth(world, guest, "compute1", TIDY_WITHIN_MS);
    await untilHostState(world, "compute2", "up", TIDY_WITHIN_MS);
  });

  /** Starts a move over the slow link; resolves in the middle of the disk. */
  async function copying(transport: "p2p" | "direct"): Promise<string> {
    const path = await startMove(world, guest, { transport });
    await untilCopied(world, guest, path, "diskBytes", 4 * MIB);
    return path;
  }

  const ended = (path: string): Promise<MigrationRecord> => world.stack.api.untilEnded(path, ENDS_WITHIN_MS);

  async function expectFailed(record: MigrationRecord): Promise<void> {
    expect(record.status, JSON.stringify(record.problem)).toBe("failed");
    expect(record.problem?.sentence).toMatch(/runs on at its source host/);
    const { server } = (await world.stack.api.ok("GET", `/v2.1/servers/${guest.id}`)).body as { server: Record<string, unknown> };
    const source: HostName = "compute1";
    expect(server).toMatchObject({ status: "ACTIVE", "OS-EXT-SRV-ATTR:host": source, "OS-EXT-STS:task_state": null });
  }

  /** Writes until there is no room: what the copy has not allocated yet it will not get. */
  async function fill(host: LabHost): Promise<void> {
    const { stderr } = await tryExecOn(host, ["dd", "if=/dev/zero", `of=${IMAGES}/filler`, "bs=64K"]);
    expect(stderr).toContain("No space left on device");
  }

  /** So that the next test finds all in order, whatever this one has left. */
  async function heal(): Promise<void> {
    await restoreLink(world.lab, world.host("compute1"));
    await restoreLink(world.lab, destination());
    await startLibvirtd(destination());
    await untilIdle(world, guest, TIDY_WITHIN_MS);
  }
});
