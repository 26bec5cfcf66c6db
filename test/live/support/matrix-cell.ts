import { expect } from "vitest";
import { IMAGES_DIR, virsh } from "../../lab/index.ts";
import type { Expected, Refused } from "../../matrix/expected.ts";
import { type Disks, isLocal, type MoveKind } from "../../matrix/kinds.ts";
import type { CellResult } from "../../matrix/results.ts";
import type { MigrationRecord } from "../../stack/api-client.ts";
import { type MoveOptions, move } from "./moves.ts";
import { untilStatus } from "./server.ts";
import { expectRebooted, expectServer, moveStill, places, settle, switchOff, switchOn } from "./still-moves.ts";
import type { StoredGuest } from "./storage.ts";
import { assertInside, assertTruth } from "./truth.ts";
import { type HostName, otherHost, type World } from "./world.ts";

/** One guest of the matrix, with the disks of its column. */
export interface Subject {
  readonly world: World;
  readonly column: Disks;
  readonly stored: StoredGuest;
}

/** Moves the guest to the other host in one of the ways and proves what came of it. The guest runs before; afterwards too, except after a refused offline move. */
export async function runCell(subject: Subject, kind: MoveKind, expected: Expected): Promise<CellResult> {
  const startedAt = performance.now();
  if (expected !== "moves") return await WAYS[kind].refused(subject, expected);
  await WAYS[kind].moves(subject);
  return { outcome: "moved", totalMs: Math.round(performance.now() - startedAt) };
}

interface Way {
  readonly moves: (subject: Subject) => Promise<void>;
  readonly refused: (subject: Subject, expected: Refused) => Promise<CellResult>;
}

const WAYS: Readonly<Record<MoveKind, Way>> = {
  "live-shared": live({ blockMigration: false, transport: "p2p" }),
  "live-block": live({ blockMigration: true, transport: "p2p" }),
  "live-auto": live({ blockMigration: "auto", transport: "direct" }),
  paused: { ...live({}), moves: movePaused },
  saved: still("saved"),
  cold: { ...still("cold"), moves: moveCold },
  offline: { moves: moveOffline, refused: refuseOffline },
};

function live(options: MoveOptions): Way {
  return {
    moves: async (subject) => {
      const { world, stored } = subject;
      const to = otherHost(stored.guest.at);
      const record = await move(world, stored.guest, options);
      expectLive(subject, record, to);
      await arrive(subject, to);
      await assertTruth(world, stored.guest, to);
    },
    refused: async (subject, expected) => {
      const record = await move(subject.world, subject.stored.guest, options);
      const result = refusal(record, expected);
      await assertTruth(subject.world, subject.stored.guest, subject.stored.guest.at);
      return result;
    },
  };
}

/** Nothing but local disks crosses the wire, and the checks said before what becomes of each disk. */
function expectLive({ column, stored }: Subject, record: MigrationRecord, to: HostName): void {
  expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "completed", destination_host: to });
  const said = record.checks.find(({ check }) => check === "disks-movable")?.sentence ?? "";
  for (const decision of column.decisions) expect(said).toMatch(decision);
  const copied = record.summary?.disk_bytes ?? 0;
  if (column.disks.some(isLocal)) expect(copied, `${stored.guest.name}: bytes of disks`).toBeGreaterThan(0);
  else expect(copied, `${stored.guest.name}: bytes of disks`).toBe(0);
}

async function movePaused(subject: Subject): Promise<void> {
  const { world, stored } = subject;
  const { guest } = stored;
  await virsh(world.host(guest.at), ["suspend", "--", guest.name]);
  guest.domainState = "paused";
  await untilStatus(world, guest, "PAUSED");
  await live({ blockMigration: "auto", transport: "p2p" }).moves(subject);
  await virsh(world.host(guest.at), ["resume", "--", guest.name]);
  guest.domainState = "running";
  await untilStatus(world, guest, "ACTIVE");
  await assertInside(guest);
}

function still(mode: "saved" | "cold"): Way {
  return {
    moves: async (subject) => {
      const { world, stored } = subject;
      const to = otherHost(stored.guest.at);
      const record = await moveStill(world, stored.guest, mode, to);
      expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "completed" });
      await arrive(subject, to);
      await assertTruth(world, stored.guest, to);
    },
    refused: async ({ world, stored: { guest } }, expected) => {
      const result = refusal(await moveStill(world, guest, mode, otherHost(guest.at)), expected);
      await assertTruth(world, guest, guest.at);
      return result;
    },
  };
}

async function moveCold(subject: Subject): Promise<void> {
  const { world, stored } = subject;
  const { guest } = stored;
  const to = otherHost(guest.at);
  const record = await moveStill(world, guest, "cold", to);
  expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "finished" });
  expect(await places(world, guest)).toEqual([`${to}: running`]);
  expect(await settle(world, guest, "confirmResize", record)).toMatchObject({ status: "confirmed" });
  await expectRebooted(guest);
  await arrive(subject, to);
  await assertTruth(world, guest, to);
}

async function moveOffline(subject: Subject): Promise<void> {
  const { world, stored } = subject;
  const { guest } = stored;
  await switchOff(world, guest);
  const to = otherHost(guest.at);
  const record = await moveStill(world, guest, "offline", to);
  expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "completed" });
  expect(await places(world, guest)).toEqual([`${to}: shut off`]);
  await expectServer(world, guest, "SHUTOFF", to);
  guest.at = to;
  await switchOn(world, guest);
  await expectRebooted(guest);
  await assertTruth(world, guest, to);
}

/** The guest stays off: this is the last that it goes through. */
async function refuseOffline({ world, stored: { guest } }: Subject, expected: Refused): Promise<CellResult> {
  await switchOff(world, guest);
  const result = refusal(await moveStill(world, guest, "offline", otherHost(guest.at)), expected);
  expect(await places(world, guest)).toEqual([`${guest.at}: shut off`]);
  await expectServer(world, guest, "SHUTOFF", guest.at);
  return result;
}

/** What a host holds after the guest came, besides what goes with it: images that stay wherever they have once been brought, and thin disks. */
async function arrive({ world, column, stored }: Subject, to: HostName): Promise<void> {
  const { name } = stored.guest;
  if (column.disks.includes("iso")) stored.imageIsOn(to);
  if (column.disks.includes("overlay")) world.expectAlso(to, `volumes: ${await baseOf(world, name, to)}`);
  if (column.disks[0] === "raw") expect(await holesOf(world, `${IMAGES_DIR}/${name}.raw`, to)).toBeGreaterThan(0.5);
}

async function baseOf(world: World, name: string, host: HostName): Promise<string> {
  const info = await world.host(host).exec(["qemu-img", "info", "-U", "--output=json", "-f", "qcow2", `${IMAGES_DIR}/${name}.qcow2`]);
  return (JSON.parse(info) as { "full-backing-filename": string })["full-backing-filename"];
}

/** The part of a file that takes no room, 0 to 1. */
async function holesOf(world: World, path: string, host: HostName): Promise<number> {
  const stat = await world.host(host).exec(["stat", "--format=%b %B %s", path]);
  const [blocks = 0, unit = 0, length = 1] = stat.trim().split(" ").map(Number);
  return 1 - (blocks * unit) / length;
}

function refusal(record: MigrationRecord, { check, sentence }: Refused): CellResult {
  expect(record).toMatchObject({ status: "error", pending_work: false });
  const finding = record.checks.find((one) => one.check === check);
  expect(finding, JSON.stringify(record.problem)).toMatchObject({ verdict: "fail", remedy: expect.stringMatching(/\w/) });
  expect(finding?.sentence).toMatch(sentence);
  expect(record.problem?.sentence).toMatch(sentence);
  return { outcome: "refused", check, sentence: finding?.sentence ?? "" };
}
