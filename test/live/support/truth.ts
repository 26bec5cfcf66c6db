import { Client } from "pg";
import { expect } from "vitest";
import { whereIs } from "../../lab/index.ts";
import type { MigrationRecord } from "../../stack/api-client.ts";
import type { MovingGuest } from "./moving-guest.ts";
import { type HostName, otherHost, type World } from "./world.ts";

/**
 * What must hold after every move, whatever befell it: the guest runs on exactly one host, the record names that host, nothing inside the guest
 * was lost, and nothing is left on any host nor in the record. `at` says which of the two truths it must be. `withinMs` is how long what libvirt
 * and ferry end in the background may take.
 */
export async function assertTruth(world: World, guest: MovingGuest, at: HostName, withinMs = 5_000): Promise<void> {
  guest.at = at;
  const places = async (): Promise<string[]> => (await whereIs(world.lab, guest.name)).map(({ host, state }) => `${host.name}: ${state}`);
  await expect.poll(places, { timeout: withinMs, message: `where libvirt knows ${guest.name}` }).toEqual([`${at}: ${guest.domainState}`]);
  await assertServer(world, guest, at);
  if (guest.domainState === "running") await assertInside(guest);
  await world.expectTidyHosts(withinMs);
  await expect.poll(() => leftInRecord(world), { timeout: withinMs, message: "claims, slots and unfinished artifacts" }).toEqual([]);
}

/** The same, with the place that the ended migration tells: a record that lies is caught. */
export async function assertRecordedTruth(world: World, guest: MovingGuest, migration: MigrationRecord): Promise<void> {
  expect(migration.pending_work, "work that is still to be done").toBe(false);
  expect(migration.source_host).toBe(guest.at);
  const moved = migration.status === "completed";
  if (!moved) expect(migration.problem?.sentence, `why the migration is ${migration.status}`).toBeTruthy();
  await assertTruth(world, guest, moved ? otherHost(guest.at) : guest.at);
}

/** The program inside went on in one boot and finds all its records and its pattern. */
export async function assertInside(guest: MovingGuest): Promise<void> {
  const now = await guest.inside.verify();
  expect(now.bootId, "the guest's boot").toBe(guest.last.bootId);
  expect(now.counter, "the guest's counter").toBeGreaterThan(guest.last.counter);
  expect(now.records.written).toBeGreaterThan(guest.last.records.written);
  expect(now.records).toMatchObject({ bad: 0, firstBad: 0, errors: 0 });
  expect(now.records.checked).toBeGreaterThan(0);
  expect(now.pattern).toEqual({ mib: guest.last.pattern.mib, ok: true });
  guest.last = now;
}

export async function assertServer(world: World, guest: MovingGuest, at: HostName): Promise<void> {
  const { server } = (await world.stack.api.ok("GET", `/v2.1/servers/${guest.id}`)).body as { server: Record<string, unknown> };
  expect(server).toMatchObject({
    name: guest.name,
    status: guest.domainState === "paused" ? "PAUSED" : "ACTIVE",
    "OS-EXT-SRV-ATTR:host": at,
    "OS-EXT-STS:task_state": null,
  });
}

/** What the record still holds for migrations that have ended: `kind key state` each. */
async function leftInRecord(world: World): Promise<string[]> {
  const client = new Client({ connectionString: world.stack.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ thing: string }>(`
      SELECT 'claim ' || migration_id AS thing FROM claims
      UNION ALL SELECT 'slot ' || server_id FROM migration_slots
      UNION ALL SELECT concat_ws(' ', 'artifact', kind, key, state) FROM artifacts WHERE state <> 'kept'
      UNION ALL SELECT 'pending migration ' || number FROM migrations WHERE pending_work`);
    return rows.map(({ thing }) => thing);
  } finally {
    await client.end();
  }
}
