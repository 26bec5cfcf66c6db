import { guardName, hostId } from "@ferry/core";
import { type FakeHost, inventoryOf } from "@ferry/testkit";
import { checkEvents, movesWithTheGuest, storyOf } from "./invariants.ts";
import type { World } from "./world.ts";

/** `stayed`: nothing is left of the try. `evacuated`: the destination has the guest. `cleaned`: and the source, which is back, has nothing of it. */
export type EvacuationEnd = "stayed" | "evacuated" | "cleaned";

/** Everything that must hold at that end; throws one error that lists every broken rule, with the story. */
export async function assertEvacuationEnd(world: World, end: EvacuationEnd): Promise<void> {
  const { journal } = world.datacentre;
  const broken: string[] = [...journal.surprises.map((one) => `surprise: ${one}`), ...journal.violations];
  checkDestination(world, end, broken);
  checkSource(world, end, broken);
  await checkRecord(world, end, broken);
  await checkEvents(world, broken);
  if (broken.length > 0) throw new Error([`must have ${end}:`, ...broken, "", ...(await storyOf(world))].join("\n"));
}

const linesOf = (host: FakeHost): string[] => inventoryOf(host).map(withoutDigest);
/** A definition that was made anew is another text with the same meaning. */
const withoutDigest = (line: string): string => (line.startsWith("guest ") ? `${line.split(" ").slice(0, 3).join(" ")} ` : line);

/** I1, I2, I3, I9, I10: the guest does there what it did before, from the same disk; or nothing has changed. */
function checkDestination(world: World, end: EvacuationEnd, broken: string[]): void {
  const { destination, uuid, scenario } = world;
  const was = world.before.destination.map(withoutDigest);
  const now = linesOf(destination);
  const mayDiffer = (line: string): boolean => end !== "stayed" && movesWithTheGuest(world, line);
  for (const line of now.filter((one) => !was.includes(one) && !mayDiffer(one))) broken.push(`I9: left on the destination: ${line}`);
  for (const line of was.filter((one) => !now.includes(one) && !mayDiffer(one))) broken.push(`I10: gone from the destination: ${line}`);
  if (end === "stayed") return;
  const domain = destination.domains.get(uuid);
  if (domain?.persistentXml?.includes("/srv/shared/lm001.qcow2") !== true)
    broken.push("I3: the destination does not define the guest with its disk");
  const runs = world.datacentre.truthOf(uuid).runningOn();
  const wanted = scenario.off ? [] : [destination.name];
  if (runs.join() !== wanted.join())
    broken.push(`I1: the guest runs on ${runs.join(" and ") || "no host"}, must run on ${wanted.join() || "none"}`);
  const [found, expected] = [domain?.emulator?.contentOf("vda"), world.datacentre.truthOf(uuid).expected("vda")];
  if (!scenario.off && JSON.stringify(found) !== JSON.stringify(expected))
    broken.push(`I3: the disk reads ${JSON.stringify(found)}, must read ${JSON.stringify(expected)}`);
}

/** I10: of the source nothing goes but the guest's old definition with its own filter, and that only when it is back. */
function checkSource(world: World, end: EvacuationEnd, broken: string[]): void {
  const isGuest = (line: string): boolean =>
    line.startsWith(`guest lm001 ${world.uuid}`) || (end === "cleaned" && line.startsWith(`nwfilter ${guardName(world.uuid)} `));
  const isOfBoot = (line: string): boolean => line.startsWith("file /proc/");
  const definesGuest = world.source.domains.has(world.uuid);
  if (definesGuest !== (end !== "cleaned")) broken.push(`I2: the source ${definesGuest ? "still defines" : "does not define"} the guest`);
  const now = linesOf(world.source);
  for (const line of world.before.source.map(withoutDigest).filter((one) => !isGuest(one) && !isOfBoot(one) && !now.includes(one)))
    broken.push(`I10: gone from the source: ${line}`);
}

const statuses: Record<EvacuationEnd, readonly string[]> = {
  stayed: ["failed", "error", "cancelled"],
  evacuated: ["done"],
  cleaned: ["completed"],
};

/** I5, I6, I7, I9: the record says what is, and holds nothing more. */
async function checkRecord(world: World, end: EvacuationEnd, broken: string[]): Promise<void> {
  const { rows } = await world.fleet.sql.query<Record<string, string | number | boolean | null>>(
    `SELECT m.status, m.pending_work, s.host_id AS host, s.task_state, s.vm_state,
      (SELECT count(*)::int FROM claims c WHERE c.migration_id = m.id) AS claims,
      (SELECT count(*)::int FROM migration_slots t WHERE t.server_id = s.id) AS slots,
      (SELECT count(*)::int FROM artifacts a WHERE a.migration_id = m.id AND a.state <> 'kept') AS artifacts
     FROM migrations m JOIN servers s ON s.id = m.server_id WHERE m.id = $1`,
    [world.migration.id],
  );
  const row = rows[0] ?? {};
  const home = end === "stayed" ? world.sourceId : world.destinationId;
  if (hostId(String(row["host"])) !== home) broken.push("I6: the record names the other host");
  if (row["task_state"] !== null) broken.push(`I6: task state is ${row["task_state"]}`);
  const vmState = world.scenario.off ? "stopped" : "active";
  if (row["vm_state"] !== vmState) broken.push(`I6: vm state is ${row["vm_state"]}, must be ${vmState}`);
  for (const what of ["claims", "slots", "artifacts"]) if (row[what] !== 0) broken.push(`I5, I7, I9: ${row[what]} ${what} are left`);
  if (!statuses[end].includes(String(row["status"])) || row["pending_work"] === true)
    broken.push(`I7: status is ${row["status"]}, pending work ${row["pending_work"]}`);
}
