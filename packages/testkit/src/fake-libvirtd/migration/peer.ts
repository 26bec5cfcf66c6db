import { migrateFlags, migrateParams, param, type TypedParam } from "@ferry/libvirt";
import type { FakeDomain } from "../domain.ts";
import type { FakeHost } from "../host.ts";
import { DaemonDied, Refusal } from "../refusal.ts";
import { logInAsPeer } from "../ssh/peer-login.ts";
import { Tenancy } from "../tenancy.ts";
import { finish, prepare } from "./destination.ts";
import { begin, confirm, destinationFlags, perform } from "./source.ts";

/** A peer-to-peer migration: the source's daemon drives the five calls by itself, whatever its client does meanwhile. */
export async function performPeerToPeer(domain: FakeDomain, dconnuri: string, params: readonly TypedParam[], flags: number) {
  const there = logInAsPeer(domain.host, dconnuri);
  const peer = connectionTo(there, domain.host);
  try {
    await drive(domain, there, peer, params, flags);
  } finally {
    peer.end();
  }
  return { cookieOut: Buffer.alloc(0) };
}

/** The connection between the two daemons. The end of either daemon ends it. */
function connectionTo(there: FakeHost, here: FakeHost): Tenancy {
  const peer = new Tenancy();
  const lives = [there.daemon.life, here.daemon.life] as const;
  lives[0].addEventListener("abort", () => peer.forget(), { once: true });
  lives[1].addEventListener("abort", () => peer.end(), { once: true });
  return peer;
}

async function drive(domain: FakeDomain, there: FakeHost, peer: Tenancy, params: readonly TypedParam[], flags: number): Promise<void> {
  const { pace } = domain.host.datacentre;
  const own = flags & ~migrateFlags.peer2peer;
  const begun = begin(domain, params, own, null);
  const job = domain.outgoing;
  const farFlags = destinationFlags(own) | (job?.wasPaused ? migrateFlags.paused : 0);
  const farParams = [
    ...params.filter(({ field }) => field !== migrateParams.destinationXml && field !== migrateParams.destinationName),
    param.string(migrateParams.destinationName, domain.name),
    param.string(migrateParams.destinationXml, begun.xml),
  ];
  const cancel = (): void => {
    if (domain.job === job && domain.host.daemon.alive) confirm(domain, own, true);
  };
  let prepared: ReturnType<typeof prepare>;
  try {
    await pace.tick();
    requirePeer(peer);
    prepared = prepare(there, farParams, begun.cookieOut, farFlags, peer);
  } catch (error) {
    cancel();
    throw error;
  }
  try {
    const nearParams = [...params.filter(({ field }) => field !== migrateParams.uri), param.string(migrateParams.uri, prepared.uriOut)];
    const performed = await perform(domain, nearParams, prepared.cookieOut, own);
    await pace.tick();
    requirePeer(peer);
    finish(there, farParams, performed.cookieOut, farFlags, false);
  } catch (error) {
    cancel();
    throw error;
  }
  await pace.tick();
  if (!domain.host.daemon.alive || domain.job !== job) throw new DaemonDied();
  await pace.tick();
  confirm(domain, own, false);
}

/** libvirt's error when its connection to the other daemon is gone. */
function requirePeer(peer: Tenancy): void {
  if (peer.ended) throw new Refusal("internalError", "internal error: client socket is closed", "rpc");
}
