import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { rootAddress } from "../../lab/subnet.ts";
import { WITNESS_PORT } from "../../lab/witness-client.ts";
import { move } from "./moves.ts";
import type { MovingGuest } from "./moving-guest.ts";
import { PeerProbe } from "./peer-probe.ts";
import { assertTruth } from "./truth.ts";
import { otherHost, type World } from "./world.ts";

/** Long enough for the first moments at the destination to show what they let through. */
const AFTERMATH_MS = 500;

/**
 * Moves the guest to the other host and back, by each transport, while a peer on its network asks it every 10 ms; prints the longest silence that
 * the peer heard beside the pause that libvirt tells. `after` is called where the guest has arrived.
 */
export async function heardThereAndBack(world: World, guest: MovingGuest, after?: () => Promise<void>): Promise<void> {
  for (const transport of ["p2p", "direct"] as const) {
    const to = otherHost(guest.at);
    const from = rootAddress(world.lab.config.subnet);
    const peer = await PeerProbe.start({ address: guest.inside.address, port: WITNESS_PORT, from });
    const record = await move(world, guest, { transport });
    await sleep(AFTERMATH_MS);
    const { answered, maxGapMs } = peer.stop();
    expect(record, JSON.stringify(record.problem)).toMatchObject({ status: "completed", transport });
    expect(answered).toBeGreaterThan(0);
    const silence = `a peer that asks every 10 ms heard nothing for ${maxGapMs} ms`;
    console.log(`${guest.name}, ${transport}: ${silence}; libvirt's downtime was ${record.summary?.downtime_ms} ms`);
    await assertTruth(world, guest, to);
    await after?.();
  }
}
