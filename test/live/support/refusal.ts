import { expect } from "vitest";
import type { MigrationRecord } from "../../stack/api-client.ts";
import { move } from "./moves.ts";
import type { MovingGuest } from "./moving-guest.ts";
import { type HostName, otherHost, type World } from "./world.ts";

export interface Refusal {
  /** Key of the check that refuses. */
  readonly check: string;
  readonly sentence: RegExp;
  readonly remedy: RegExp;
  readonly to?: HostName;
}

/** Asks for the move and expects that this check refuses it, with its sentence as the migration's and a remedy. */
export async function expectRefusal(world: World, guest: MovingGuest, { check, sentence, remedy, to }: Refusal): Promise<MigrationRecord> {
  const record = await move(world, guest, to === undefined ? {} : { to });
  expect(record.status, JSON.stringify(record.problem)).toBe("error");
  expect(record.problem?.sentence).toMatch(sentence);
  expect(record.pending_work).toBe(false);
  const finding = record.checks.find((one) => one.check === check);
  expect(finding, JSON.stringify(record.checks.filter(({ verdict }) => verdict !== "pass"))).toMatchObject({ verdict: "fail" });
  expect(finding?.sentence).toMatch(sentence);
  expect(finding?.remedy).toMatch(remedy);
  await expectSameFromPreflight(world, guest, { check, sentence, to: to ?? otherHost(guest.at) });
  return record;
}

/** Preflight tells the same as the refused migration, and starts nothing. */
async function expectSameFromPreflight(
  world: World,
  guest: MovingGuest,
  { check, sentence, to }: { check: string; sentence: RegExp; to: HostName },
): Promise<void> {
  const { body } = await world.stack.api.ok("POST", `/ferry/v1/servers/${guest.id}/preflight`, { host: to });
  const [candidate] = body["candidates"] as { passes: boolean; checks: { check: string; verdict: string; sentence: string }[] }[];
  expect(candidate?.passes).toBe(false);
  expect(candidate?.checks.find((one) => one.check === check)).toMatchObject({
    verdict: "fail",
    sentence: expect.stringMatching(sentence),
  });
}
