import { expect } from "vitest";
import { virsh, whereIs } from "../../lab/index.ts";
import type { MigrationRecord } from "../../stack/api-client.ts";
import type { MovingGuest } from "./moving-guest.ts";
import { untilStatus } from "./server.ts";
import type { HostName, World } from "./world.ts";

const ENDS_WITHIN_MS = 180_000;
const AT_REST = ["finished", "completed", "confirmed", "reverted", "failed", "cancelled", "error"];

/** How a server that does not run meanwhile is moved. */
export type StillMode = "cold" | "saved" | "offline";

/** Asks for the move; returns the path under which it can be watched. */
export async function askStill(world: World, guest: MovingGuest, mode: StillMode, host: HostName): Promise<string> {
  const body = { migrate: { host } };
  const { headers } = await world.stack.api.ok("POST", `/v2.1/servers/${guest.id}/action`, body, "2.56", { "X-Ferry-Mode": mode });
  return new URL(headers.get("location") ?? "").pathname;
}

/** Moves, and waits until it has ended or waits to be confirmed. */
export const moveStill = async (world: World, guest: MovingGuest, mode: StillMode, host: HostName): Promise<MigrationRecord> =>
  atRest(world, await askStill(world, guest, mode, host));

/** Waits until the migration has ended, or waits to be confirmed. */
export function atRest({ stack: { api } }: World, path: string): Promise<MigrationRecord> {
  const look = async (): Promise<MigrationRecord | null> => {
    const record = await api.migration(path);
    return AT_REST.includes(record.status) ? record : null;
  };
  return api.until(`the migration ${path} is at rest`, look, ENDS_WITHIN_MS);
}

/** Gives a verdict on a cold migration and waits for its end. */
export async function settle(
  world: World,
  guest: MovingGuest,
  verdict: "confirmResize" | "revertResize",
  { id }: MigrationRecord,
): Promise<MigrationRecord> {
  const answer = await world.stack.api.request("POST", `/v2.1/servers/${guest.id}/action`, { [verdict]: null });
  expect(answer.status).toBe(verdict === "confirmResize" ? 204 : 202);
  return atRest(world, `/ferry/v1/migrations/${id}`);
}

/** Ends the guest's process, as a power switch does, and waits until ferry shows it. */
export async function switchOff(world: World, guest: MovingGuest): Promise<void> {
  await virsh(world.host(guest.at), ["destroy", guest.name]);
  await untilStatus(world, guest, "SHUTOFF");
}

/** Starts the guest where it is and waits until ferry shows it. */
export async function switchOn(world: World, guest: MovingGuest): Promise<void> {
  await virsh(world.host(guest.at), ["start", guest.name]);
  await untilStatus(world, guest, "ACTIVE");
}

/** Booted anew, with everything on the disk that it had been told was safe there. */
export async function expectRebooted(guest: MovingGuest): Promise<void> {
  const now = await guest.inside.verify();
  expect(now.bootId).not.toBe(guest.last.bootId);
  expect(now.records.recovered).toBeGreaterThanOrEqual(guest.last.records.written);
  expect(now.records).toMatchObject({ bad: 0, firstBad: 0, errors: 0 });
  guest.last = await guest.inside.pattern(16);
}

/** What the API says of the server at rest. */
export async function expectServer(world: World, guest: MovingGuest, status: string, host: HostName): Promise<void> {
  const { server } = (await world.stack.api.ok("GET", `/v2.1/servers/${guest.id}`)).body as { server: Record<string, unknown> };
  expect(server).toMatchObject({ status, "OS-EXT-SRV-ATTR:host": host, "OS-EXT-STS:task_state": null });
}

/** `compute2: running` for each host whose libvirt knows it. */
export const places = async (world: World, guest: MovingGuest): Promise<string[]> =>
  (await whereIs(world.lab, guest.name)).map(({ host, state }) => `${host.name}: ${state}`);
