import { hostId, isFinal, type MigrationStatus, mayBecome } from "@ferry/core";
import { liveMigration } from "@ferry/migration";
import { type FakeHost, inventoryOf } from "@ferry/testkit";
import type { World } from "./world.ts";

/** Where the guest ended up. */
export type Side = "source" | "destination";

/**
 * Everything that must hold when a migration is over, however it went. Returns the side that has the guest; throws one error that lists
 * every broken rule, and when the guest is not on the `expected` side. The names I1 to I13 are those of the list of invariants.
 */
export async function assertInvariants(world: World, expected?: Side): Promise<Side> {
  const broken: string[] = [...world.datacentre.journal.surprises.map((one) => `surprise: ${one}`), ...world.datacentre.journal.violations];
  const side = whereItIs(world, broken);
  if (expected && side !== expected) broken.push(`the guest is at the ${side}, must be at the ${expected}`);
  checkDisks(world, side, broken);
  checkLeftovers(world, side, broken);
  checkOrder(world, side, broken);
  await checkRecord(world, side, broken);
  await checkLedger(world, broken);
  await checkSteps(world, side, broken);
  await checkEvents(world, broken);
  if (broken.length > 0) throw new Error([...broken, "", ...(await storyOf(world))].join("\n"));
  return side;
}

const hostOf = (world: World, side: Side): FakeHost => (side === "source" ? world.source : world.destination);

/** I1, I2: one host has it, and runs it unless its user had paused it. */
function whereItIs(world: World, broken: string[]): Side {
  const { uuid } = world;
  const holders = (["source", "destination"] as const).filter((side) => hostOf(world, side).domains.get(uuid)?.emulator);
  const definers = (["source", "destination"] as const).filter((side) => hostOf(world, side).domains.get(uuid));
  if (holders.length !== 1) broken.push(`I2: the guest has a process on ${holders.join(" and ") || "no host"}`);
  if (definers.length !== 1) broken.push(`I2: the guest is known on ${definers.join(" and ") || "no host"}`);
  const side = holders[0] ?? definers[0] ?? "source";
  const domain = hostOf(world, side).domains.get(uuid);
  if (domain?.persistentXml == null) broken.push(`I2: the guest has no definition on the ${side}`);
  if (domain?.job) broken.push(`a migration job is left on the ${side}`);
  const runs = world.datacentre.truthOf(uuid).runningOn();
  const wanted = world.scenario.guest.paused ? [] : [hostOf(world, side).name];
  if (runs.join() !== wanted.join())
    broken.push(`I1: the guest runs on ${runs.join(" and ") || "no host"}, must run on ${wanted.join() || "none (paused)"}`);
  return side;
}

/** I3: the guest reads what it wrote, from files that are still there, and so it would after a restart. */
function checkDisks(world: World, side: Side, broken: string[]): void {
  const host = hostOf(world, side);
  const domain = host.domains.get(world.uuid);
  const truth = world.datacentre.truthOf(world.uuid);
  for (const [target, disk] of domain?.emulator?.disks ?? []) {
    if (host.files.get(disk.path) !== disk.file) broken.push(`I3: the file of disk ${target} is gone from the ${side}`);
    const [found, expected] = [domain?.emulator?.contentOf(target) ?? {}, truth.expected(target)];
    if (JSON.stringify(sorted(found)) !== JSON.stringify(sorted(expected)))
      broken.push(`I3: disk ${target} reads ${JSON.stringify(found)}, must read ${JSON.stringify(expected)}`);
    if (!domain?.persistentXml?.includes(disk.path)) broken.push(`I3: the definition on the ${side} names another file for disk ${target}`);
  }
}

export const sorted = (object: object): [string, unknown][] => Object.entries(object).sort(([one], [other]) => (one < other ? -1 : 1));

/** I9, I10: after a failed move both hosts are as before; after a good one the guest's things have changed sides and nothing else has. */
function checkLeftovers(world: World, side: Side, broken: string[]): void {
  for (const which of ["source", "destination"] as const) {
    const now = inventoryOf(hostOf(world, which));
    const was = world.before[which];
    const added = now.filter((line) => !was.includes(line));
    const gone = was.filter((line) => !now.includes(line));
    const excusable = side === "source" ? () => false : (line: string) => movesWithTheGuest(world, line);
    for (const line of added.filter((one) => which === "source" || !excusable(one))) broken.push(`I9: left on the ${which}: ${line}`);
    for (const line of gone.filter((one) => !excusable(one))) broken.push(`I10: gone from the ${which}: ${line}`);
  }
}

/** Lines of the inventory that a good move adds at the destination or takes away (a stopped pool's line gives way to that of an active one). */
export function movesWithTheGuest({ scenario, uuid }: World, line: string): boolean {
  const { name = "", disks = [{ path: `/var/lib/libvirt/images/${name}.qcow2` }], network, filter } = scenario.guest;
  const mine = [
    `guest ${name} ${uuid} `,
    ...disks.flatMap((disk) => [`image ${disk.path}`, ...(disk.backing === undefined ? [] : [`image ${disk.backing}`])]),
    ...(network === undefined ? [] : [`network ${network} `]),
    ...(filter === undefined ? [] : [`nwfilter ${filter} `, "nwfilter base-guard ", "nwfilter ferry-base "]),
    "pool ssd ",
  ];
  return mine.some((start) => line.startsWith(start));
}

/** I11: a disk of the guest is deleted at the source only after the destination runs it and the record says so. */
function checkOrder(world: World, side: Side, broken: string[]): void {
  const { journal } = world.datacentre;
  const disks = [...(world.guest.emulator?.disks.values() ?? [])].map((disk) => disk.path);
  const paths = world.scenario.guest.disks?.map((disk) => disk.path) ?? disks;
  const losses = journal.entries.filter(
    (entry) =>
      entry.where === world.source.name &&
      ((entry.what === "file-deleted" && paths.includes(entry.subject)) || entry.what === "guest-undefined"),
  );
  const [runs] = journal.find("guest-runs", world.uuid).filter((entry) => entry.where === world.destination.name);
  const [recorded] = journal.find("handover-recorded", world.migration.id);
  for (const loss of losses) {
    if (side === "source") broken.push(`I11: ${loss.what} ${loss.subject} at the source, which still has the guest`);
    if (!world.scenario.guest.paused && (!runs || runs.at > loss.at))
      broken.push(`I11: ${loss.what} ${loss.subject} before the destination ran the guest`);
    if (!recorded || recorded.at > loss.at) broken.push(`I11: ${loss.what} ${loss.subject} before the record said so`);
  }
}

interface Row {
  readonly status: MigrationStatus;
  readonly pending_work: boolean;
  readonly server_host: string;
  readonly task_state: string | null;
  readonly vm_state: string;
  readonly claims: number;
  readonly slots: number;
}

/** I2, I5, I6, I7: the record names the host that has the guest, nothing is reserved any more, and the status is an end. */
async function checkRecord(world: World, side: Side, broken: string[]): Promise<void> {
  const { rows } = await world.fleet.sql.query<Row>(
    `SELECT m.status, m.pending_work, s.host_id AS server_host, s.task_state, s.vm_state,
      (SELECT count(*)::int FROM claims c WHERE c.migration_id = m.id) AS claims,
      (SELECT count(*)::int FROM migration_slots t WHERE t.server_id = s.id) AS slots
     FROM migrations m JOIN servers s ON s.id = m.server_id WHERE m.id = $1`,
    [world.migration.id],
  );
  const row = rows[0];
  if (!row) throw new Error("the migration is not in the record");
  const wantedHost = side === "source" ? world.sourceId : world.destinationId;
  if (hostId(row.server_host) !== wantedHost) broken.push(`I6: the guest is at the ${side}, the record says otherwise`);
  if (row.task_state !== null) broken.push(`I6: task state is ${row.task_state}`);
  const vmState = world.scenario.guest.paused ? "paused" : "active";
  if (row.vm_state !== vmState) broken.push(`I6: vm state is ${row.vm_state}, must be ${vmState}`);
  if (row.claims !== 0) broken.push(`I5: ${row.claims} claims are left`);
  if (row.slots !== 0) broken.push(`I7: the server's migration slot is still held`);
  if (!isFinal(row.status) || row.pending_work) broken.push(`I7: status is ${row.status}${row.pending_work ? " with pending work" : ""}`);
  if ((row.status === "completed") !== (side === "destination")) broken.push(`I12: status is ${row.status}, the guest is at the ${side}`);
}

/** I9: the ledger holds nothing of this migration but what was kept on purpose. */
async function checkLedger(world: World, broken: string[]): Promise<void> {
  const { rows } = await world.fleet.sql.query<{ kind: string; key: string; state: string }>(
    "SELECT kind, key, state FROM artifacts WHERE migration_id = $1 AND state <> 'kept'",
    [world.migration.id],
  );
  for (const { state, kind, key } of rows) broken.push(`I9: the ledger still says ${state} ${kind} ${key}`);
}

/** No undo failed unnoticed: a completed plan has every step done, an undone one has no step in force. */
async function checkSteps(world: World, side: Side, broken: string[]): Promise<void> {
  const { rows } = await world.fleet.sql.query<{ name: string; state: string }>(
    "SELECT name, state FROM migration_steps WHERE migration_id = $1",
    [world.migration.id],
  );
  const stateOf = new Map(rows.map((row) => [row.name, row.state]));
  for (const step of liveMigration.steps) {
    const state = stateOf.get(step.name);
    if (side === "destination" && state !== "done") broken.push(`step ${step.name} is ${state ?? "not recorded"}, must be done`);
    const inForce = typeof step.undo === "function" && state !== undefined && state !== "undone";
    if (side === "source" && inForce) broken.push(`step ${step.name} is ${state}, must be undone`);
  }
}

/** I13: the migration's events, replayed, give its status by legal transitions; no step ends that has not begun. */
export async function checkEvents(world: World, broken: string[]): Promise<void> {
  const events = await world.fleet.store.events.since(0, { migrationId: world.migration.id }, 10_000);
  let status: MigrationStatus = "accepted";
  const begun = new Set<unknown>();
  for (const { kind, data } of events) {
    if (kind === "migration.status") {
      const next = data["status"] as MigrationStatus;
      if (!mayBecome(status, next)) broken.push(`I13: the events go from ${status} to ${next}`);
      status = next;
    }
    if (kind !== "migration.step") continue;
    if (data["state"] === "started") begun.add(data["name"]);
    else if (!begun.has(data["name"])) broken.push(`I13: step ${String(data["name"])} is ${String(data["state"])} before it started`);
  }
  const { rows } = await world.fleet.sql.query<{ status: string }>("SELECT status FROM migrations WHERE id = $1", [world.migration.id]);
  if (rows[0]?.status !== status) broken.push(`I13: the events end with ${status}, the record says ${rows[0]?.status}`);
}

/** What happened, for the reader of a failed test. */
export async function storyOf(world: World): Promise<string[]> {
  const { rows } = await world.fleet.sql.query<{ status: string; problem: string | null }>(
    "SELECT status, problem FROM migrations WHERE id = $1",
    [world.migration.id],
  );
  return [
    `The record says: ${rows[0]?.status}: ${rows[0]?.problem}`,
    "What happened:",
    ...world.datacentre.journal.entries.map(({ at, where, what, subject }) => `  ${at} ${where}: ${what} ${subject}`),
    "What the workers complained of:",
    ...world.workers.flatMap((worker) => worker.complaints.map((line) => `  ${line.trim().slice(0, 600)}`)),
  ];
}
