import { GIB, hostId, MIB } from "@ferry/core";
import { parseDomain } from "@ferry/libvirt-xml";
import { type DiskSpec, type FakeHost, inventoryOf } from "@ferry/testkit";
import { checkEvents, movesWithTheGuest, type Side, sorted, storyOf } from "./invariants.ts";
import type { World } from "./world.ts";

/** How a move that is not live may end, or rest: `waiting` for its confirmation. */
export type ColdEnd = "stayed" | "moved" | "waiting" | "confirmed" | "reverted";

const sideOf = (end: ColdEnd): Side => (end === "stayed" || end === "reverted" ? "source" : "destination");
const sides = ["source", "destination"] as const;

/** Everything that must hold at that end; throws one error that lists every broken rule, with the story. */
export async function assertColdEnd(world: World, end: ColdEnd): Promise<void> {
  const { journal } = world.datacentre;
  const broken: string[] = [...journal.surprises.map((one) => `surprise: ${one}`), ...journal.violations];
  checkPlace(world, end, broken);
  checkDisks(world, end, broken);
  checkMemory(world, broken);
  checkSize(world, end, broken);
  checkHosts(world, end, broken);
  await checkRecord(world, end, broken);
  await checkClaims(world, end, broken);
  await checkLedger(world, end, broken);
  await checkEvents(world, broken);
  if (broken.length > 0) throw new Error([`must have ${end}:`, ...broken, "", ...(await storyOf(world))].join("\n"));
}

const hostOf = (world: World, side: Side): FakeHost => world[side];

/** I1, I2: defined on one host only, and there it does what it did before. */
function checkPlace(world: World, end: ColdEnd, broken: string[]): void {
  const { uuid, scenario } = world;
  const side = sideOf(end);
  const definers = sides.filter((one) => hostOf(world, one).domains.has(uuid));
  if (definers.join() !== side) broken.push(`I2: the guest is known on ${definers.join(" and ") || "no host"}, must be on the ${side}`);
  const domain = hostOf(world, side).domains.get(uuid);
  if (domain?.persistentXml == null) broken.push(`I2: the guest has no definition on the ${side}`);
  const power = domain?.emulator ? (domain.emulator.executing ? "running" : "paused") : "off";
  const wanted = scenario.off ? "off" : scenario.guest.paused ? "paused" : "running";
  if (power !== wanted) broken.push(`I2: the guest is ${power}, must be ${wanted}`);
  const runs = world.datacentre.truthOf(uuid).runningOn();
  const expected = wanted === "running" ? [hostOf(world, side).name] : [];
  if (runs.join() !== expected.join()) broken.push(`I1: the guest runs on ${runs.join(" and ") || "no host"}`);
}

/** I3: its definition names files that hold what it wrote. A reversal gives up what it wrote after the move. */
function checkDisks(world: World, end: ColdEnd, broken: string[]): void {
  const host = hostOf(world, sideOf(end));
  const xml = host.domains.get(world.uuid)?.persistentXml ?? "";
  const truth = world.datacentre.truthOf(world.uuid);
  const all: readonly DiskSpec[] = world.scenario.guest.disks ?? [{ path: "/var/lib/libvirt/images/lm001.qcow2" }];
  const disks = all.filter(({ medium }) => !medium);
  for (const [index, { path }] of disks.entries()) {
    if (!xml.includes(`'${path}'`) && !xml.includes(`"${path}"`)) broken.push(`I3: the definition does not name ${path}`);
    const found = contentOf(host, path);
    if (found === null) broken.push(`I3: ${path} is not there, or no image`);
    const expected = truth.expected(`vd${"ab"[index]}`);
    if (end === "reverted" || found === null || JSON.stringify(sorted(found)) === JSON.stringify(sorted(expected))) continue;
    broken.push(`I3: ${path} reads ${JSON.stringify(found)}, must read ${JSON.stringify(expected)}`);
  }
}

function contentOf(host: FakeHost, path: string): Record<string, string> | null {
  const image = host.files.get(path)?.image;
  if (!image) return null;
  return { ...(image.backing ? contentOf(host, image.backing.path) : {}), ...image.blocks };
}

/** I4: a guest whose state is saved never boots: it goes on, here or there. */
function checkMemory({ scenario, datacentre, uuid }: World, broken: string[]): void {
  if (scenario.mode !== "saved") return;
  for (const { where } of datacentre.journal.find("guest-booted", uuid))
    broken.push(`I4: the guest was booted on ${where}: its memory is lost`);
}

/** Its definition, its root disk and the record have the size that was asked for, there; its own, where it was. */
function checkSize(world: World, end: ColdEnd, broken: string[]): void {
  const { resize } = world.scenario;
  if (!resize) return;
  const moved = sideOf(end) === "destination";
  const host = hostOf(world, sideOf(end));
  const { memoryKiB, vcpus } = parseDomain(host.domains.get(world.uuid)?.persistentXml ?? "");
  const wanted = moved ? [resize.memoryMiB * 1024, resize.vcpus] : [262_144, 1];
  if ([memoryKiB, vcpus].join() !== wanted.join())
    broken.push(`I11: the guest has ${memoryKiB} KiB and ${vcpus} CPUs, must have ${wanted}`);
  const capacity = host.files.get("/var/lib/libvirt/images/lm001.qcow2")?.image?.capacityBytes;
  const wantedBytes = moved && resize.rootGiB > 0 ? resize.rootGiB * GIB : 64 * MIB;
  if (capacity !== wantedBytes) broken.push(`I11: its root disk has ${capacity} bytes, must have ${wantedBytes}`);
}

/** A definition that came back is another text with the same meaning. */
const withoutDigest = (line: string): string => (line.startsWith("guest ") ? line.split(" ").slice(0, 4).join(" ") : line);

/** I9, I10: nothing is left, nothing of others is gone, and what a cold migration keeps is there until it is confirmed. */
function checkHosts(world: World, end: ColdEnd, broken: string[]): void {
  for (const side of sides) {
    const was = world.before[side].map(withoutDigest);
    const now = inventoryOf(hostOf(world, side)).map(withoutDigest);
    const guestLine = `guest lm001 ${world.uuid} `;
    const back = sideOf(end) === "source";
    const mayCome = (line: string): boolean => !back && side === "destination" && movesWithTheGuest(world, line);
    const mayGo = (line: string): boolean =>
      !back && (side === "destination" ? line.startsWith("pool ssd") || line.startsWith("network ") : goesFromSource(line));
    const goesFromSource = (line: string): boolean => (end === "waiting" ? line.startsWith(guestLine) : movesWithTheGuest(world, line));
    for (const line of now.filter((one) => !was.includes(one) && !mayCome(one))) broken.push(`I9: left on the ${side}: ${line}`);
    for (const line of was.filter((one) => !now.includes(one) && !mayGo(one))) broken.push(`I10: gone from the ${side}: ${line}`);
  }
}

interface Row {
  readonly status: string;
  readonly pending_work: boolean;
  readonly server_host: string;
  readonly task_state: string | null;
  readonly vm_state: string;
  readonly memory_mib: number;
  readonly vcpus: number;
  readonly flavor: string | null;
  readonly slots: number;
}

const statuses: Record<ColdEnd, readonly string[]> = {
  stayed: ["failed", "error", "cancelled"],
  moved: ["completed"],
  waiting: ["finished"],
  confirmed: ["confirmed"],
  reverted: ["reverted"],
};

/** I6, I7: the record says what is. */
async function checkRecord(world: World, end: ColdEnd, broken: string[]): Promise<void> {
  const { rows } = await world.fleet.sql.query<Row>(
    `SELECT m.status, m.pending_work, s.host_id AS server_host, s.task_state, s.vm_state, s.memory_mib, s.vcpus, s.flavor ->> 'id' AS flavor,
      (SELECT count(*)::int FROM migration_slots t WHERE t.server_id = s.id) AS slots
     FROM migrations m JOIN servers s ON s.id = m.server_id WHERE m.id = $1`,
    [world.migration.id],
  );
  const [row] = rows;
  if (!row) throw new Error("the migration is not in the record");
  const { off, guest } = world.scenario;
  const vmState = end === "waiting" ? "resized" : off ? "stopped" : guest.paused ? "paused" : "active";
  const wantedHost = sideOf(end) === "source" ? world.sourceId : world.destinationId;
  if (hostId(row.server_host) !== wantedHost) broken.push(`I6: the guest is at the ${sideOf(end)}, the record says otherwise`);
  if (row.task_state !== null) broken.push(`I6: task state is ${row.task_state}`);
  if (row.vm_state !== vmState) broken.push(`I6: vm state is ${row.vm_state}, must be ${vmState}`);
  const { resize } = world.scenario;
  const size = resize && sideOf(end) === "destination" ? [resize.memoryMiB, resize.vcpus, "c9"] : [256, 1, null];
  if ([row.memory_mib, row.vcpus, row.flavor].join() !== size.join())
    broken.push(`I6: the record has ${row.memory_mib} MiB, ${row.vcpus} CPUs, flavor ${row.flavor}, must have ${size}`);
  if (row.slots !== (end === "waiting" ? 1 : 0)) broken.push(`I7: the server has ${row.slots} migration slots`);
  if (!statuses[end].includes(row.status) || row.pending_work) broken.push(`I7: status is ${row.status}, pending work ${row.pending_work}`);
}

interface ClaimRow {
  readonly host: string;
  readonly held_mib: number | null;
  readonly freed: number;
}

/** Of the fake guests. */
const guestMiB = 256;

/** I5: what was claimed on a host was freed exactly once; a guest that may go back to the source keeps its room there. */
async function checkClaims(world: World, end: ColdEnd, broken: string[]): Promise<void> {
  const { rows } = await world.fleet.sql.query<ClaimRow>(
    `SELECT h.name AS host, c.memory_mib AS held_mib, count(*) FILTER (WHERE e.data @> '{"held": false}')::int AS freed
     FROM events e JOIN hosts h ON h.id = e.host_id
     LEFT JOIN claims c ON c.migration_id = e.migration_id AND c.host_id = e.host_id
     WHERE e.migration_id = $1 AND e.kind = 'migration.claim' GROUP BY h.name, c.memory_mib`,
    [world.migration.id],
  );
  const names = rows.map(({ host }) => host);
  if (end !== "stayed" && !(names.includes(world.source.name) && names.includes(world.destination.name)))
    broken.push(`I5: claims were held on ${names.join(" and ") || "no host"} only`);
  for (const { host, held_mib, freed } of rows) {
    const kept = end === "waiting" && host === world.source.name;
    if (held_mib !== (kept ? guestMiB : null)) broken.push(`I5: the claim on ${host} holds ${held_mib} MiB`);
    if (freed !== (kept ? 0 : 1)) broken.push(`I5: the claim on ${host} was freed ${freed} times`);
  }
}

/** What a repetition finds started already is not marked as made: who takes the move back stops it all the same. */
const started = ["pool-start", "network-start"];

/** I9: what waits to be confirmed is known as the migration's, else the ledger holds nothing of it but what was kept on purpose. */
async function checkLedger(world: World, end: ColdEnd, broken: string[]): Promise<void> {
  const { rows } = await world.fleet.sql.query<{ kind: string; key: string; state: string }>(
    "SELECT kind, key, state FROM artifacts WHERE migration_id = $1 AND state <> 'kept'",
    [world.migration.id],
  );
  for (const { state, kind, key } of rows)
    if (end !== "waiting" || (state !== "made" && !started.includes(kind)))
      broken.push(`I9: the ledger still says ${state} ${kind} ${key}`);
}
