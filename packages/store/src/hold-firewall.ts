import { setTimeout as sleep } from "node:timers/promises";
import { SECOND } from "@ferry/core";
import type { Database } from "./database.ts";

const holdMs = 15 * SECOND;
const lookAgainMs = 100;

/**
 * Runs the work while the job that brings the server's firewall in line is kept away from every host, for up to 15 s: filters that the work takes away
 * cannot come back by it. Waits for a job that is at it. `holder` may take its own hold again, as a step does that runs twice.
 */
export async function whileFirewallRests<T>(db: Database, serverId: string, holder: string, work: () => Promise<T>): Promise<T> {
  const token = await hold(db, serverId, holder);
  try {
    return await work();
  } finally {
    if (token !== "unguarded") await release(db, serverId, token);
  }
}

async function hold(db: Database, serverId: string, holder: string): Promise<number | "unguarded"> {
  for (;;) {
    const token = await take(db, serverId, holder);
    if (token !== "taken") return token;
    await sleep(lookAgainMs);
  }
}

async function release(db: Database, serverId: string, token: number): Promise<void> {
  await db.$executeRaw`
    UPDATE server_firewalls SET lease_owner = NULL, lease_until = NULL WHERE server_id = ${serverId}::uuid AND lease_token = ${token}`;
}

async function take(db: Database, serverId: string, holder: string): Promise<number | "taken" | "unguarded"> {
  const rows = await db.$queryRaw<{ token: number }[]>`
    UPDATE server_firewalls
    SET lease_owner = ${holder}, lease_token = lease_token + 1, lease_until = clock_timestamp() + ${holdMs} * interval '1 millisecond'
    WHERE server_id = ${serverId}::uuid AND (lease_owner IS NULL OR lease_owner = ${holder} OR lease_until < clock_timestamp())
    RETURNING lease_token AS token`;
  if (rows[0] !== undefined) return rows[0].token;
  return (await db.serverFirewall.count({ where: { serverId } })) === 0 ? "unguarded" : "taken";
}
