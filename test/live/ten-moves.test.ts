import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BeatWatch, pathOn, virsh } from "../lab/index.ts";
import { move } from "./support/moves.ts";
import type { MovingGuest } from "./support/moving-guest.ts";
import { untilStatus } from "./support/server.ts";
import { assertInside, assertTruth } from "./support/truth.ts";
import { otherHost, World } from "./support/world.ts";

const liveMigrationCommand = fileURLToPath(new URL("../../apps/cli/bin/live-migration.js", import.meta.url));

const run = promisify(execFile);

interface Move {
  readonly title: string;
  readonly transport?: "p2p" | "direct";
  readonly paused?: true;
  /** How it is asked for; by the API when not given. */
  readonly by?: "command" | "api, no host named";
}

const moves: readonly Move[] = [
  { title: "driven by the source", transport: "p2p" },
  { title: "driven by the worker", transport: "direct" },
  { title: "by the command live-migration --block-migrate", by: "command" },
  { title: "driven by the worker, paused", transport: "direct", paused: true },
  { title: "driven by the source, paused", transport: "p2p", paused: true },
  { title: "driven by the worker again", transport: "direct" },
  { title: "to a host that ferry chooses", by: "api, no host named" },
  { title: "driven by the worker a third time", transport: "direct" },
  { title: "driven by the source again", transport: "p2p" },
  { title: "home, driven by the worker", transport: "direct" },
];

describe("ten moves back and forth of a guest that writes to memory and disk", () => {
  let world: World;
  let guest: MovingGuest;
  let scratch: string;

  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), "ferry-ten-moves-"));
    world = await World.open();
    guest = await world.startGuest({ name: "ten-moves", host: "compute1", dataMiB: 24 });
    await guest.inside.dirty(4, 16);
  });

  afterAll(async () => {
    await World.close(world);
    await rm(scratch, { recursive: true, force: true });
  });

  test.each(moves.map((one, index) => [index + 1, one.title, one] as const))("move %i: %s", async (_number, _title, one) => {
    const [from, to] = [guest.at, otherHost(guest.at)];
    if (one.paused) await pauseGuest();
    const beats = one.paused ? null : await BeatWatch.start(guest.inside.address);
    await ask(one);
    const heard = beats?.stop();
    if (one.paused) await comparePausedDisks();
    expect(heard?.regressions ?? 0, "beats out of order").toBe(0);
    await assertTruth(world, guest, to);
    expect(await filesOn(from)).not.toContain(`${guest.name}.qcow2`);
  });

  async function ask({ by, transport }: Move): Promise<void> {
    if (by === "command") return byCommand();
    const record = await move(world, guest, {
      ...(by === undefined ? {} : { to: null }),
      ...(transport === undefined ? {} : { transport }),
    });
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "completed", destination_host: otherHost(guest.at) });
    if (transport) expect(record.transport).toBe(transport);
  }

  async function byCommand(): Promise<void> {
    const login = { OS_USERNAME: "admin", OS_PASSWORD: world.stack.password, OS_PROJECT_NAME: "admin" };
    const env = { ...process.env, ...login, OS_AUTH_URL: `${world.stack.url}/identity/v3`, FERRY_HOME: scratch };
    const argv = [liveMigrationCommand, "--block-migrate", guest.name, otherHost(guest.at)];
    const { stdout } = await run(process.execPath, argv, { env });
    expect(stdout).toContain(guest.name);
  }

  async function pauseGuest(): Promise<void> {
    await virsh(world.host(guest.at), ["suspend", guest.name]);
    guest.domainState = "paused";
    await untilStatus(world, guest, "PAUSED");
    await copyFile(pathOn(world.host(guest.at), guest.diskPath), join(scratch, "source.qcow2"));
  }

  /** A paused guest writes nothing: what the source held when the move began is, bit for bit, what the destination holds. */
  async function comparePausedDisks(): Promise<void> {
    const destination = world.host(otherHost(guest.at));
    const copy = pathOn(destination, guest.diskPath);
    await run("qemu-img", ["compare", "-U", "-f", "qcow2", "-F", "qcow2", join(scratch, "source.qcow2"), copy]);
    await assertTruth(world, guest, otherHost(guest.at));
    await virsh(destination, ["resume", guest.name]);
    guest.domainState = "running";
    await untilStatus(world, guest, "ACTIVE");
    await assertInside(guest);
  }

  async function filesOn(host: "compute1" | "compute2"): Promise<string[]> {
    return (await world.host(host).exec(["ls", "/var/lib/libvirt/images"])).split("\n");
  }
});
