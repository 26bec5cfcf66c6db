import { fail, type HostFacts, type HostId } from "@ferry/core";
import type { Database, Transaction } from "./database.ts";
import { withEvents } from "./events.ts";
import type { HostFence as FenceRow } from "./generated/client.ts";

/** How it was made sure that a host is off. */
export const fenceMethods = ["manual", "ipmi", "power-off"] as const;
export type FenceMethod = (typeof fenceMethods)[number];

/** What ended a fence: the host was seen in another boot, in the same one, or without telling which. */
export type FenceEnd = "restarted" | "never-dead" | "answers";

/** Somebody's word that a host is dead, for one boot of it. In force until `endedAt`. */
export interface HostFence {
  readonly bootId: string;
  readonly method: FenceMethod;
  readonly note: string;
  readonly userId: string;
  readonly fencedAt: Date;
  readonly endedAt: Date | null;
  readonly endReason: FenceEnd | null;
}

export interface FenceRequest {
  readonly hostId: HostId;
  readonly bootId: string;
  readonly method: FenceMethod;
  readonly note: string;
  readonly userId: string;
}

/** How an ended fence is told: "it was fenced, but …". */
export const fenceEndWords: Record<FenceEnd, string> = {
  restarted: "it has been seen again after a restart, so it may have started its guests itself",
  "never-dead": "it has been seen again in the same boot, so it was never dead",
  answers: "it has answered again",
};

export const fencingRecords = (db: Database) => ({
  /** Enters that the host is dead. Throws HOST_NOT_FOUND, BOOT_UNKNOWN, FENCE_OTHER_BOOT. Whoever asks has seen that the host is silent. */
  async fence(request: FenceRequest): Promise<HostFence> {
    return await withEvents(db, async (tx, tell) => {
      const { hostId, bootId, method, note, userId } = request;
      const { name, bootId: known } = await lockHost(tx, hostId);
      if (known === null) throw fail("BOOT_UNKNOWN", { host: name });
      if (known !== bootId) throw fail("FENCE_OTHER_BOOT", { host: name, given: bootId, known });
      const data = { bootId, method, note, userId, fencedAt: new Date(), endedAt: null, endReason: null };
      const row = await tx.hostFence.upsert({ where: { hostId }, create: { hostId, ...data }, update: data });
      tell({ kind: "host.changed", hostId, data: { name, fenced: true, boot_id: bootId, method } });
      return toFence(row);
    });
  },

  /** The last fence of the host, in force or not. */
  async find(hostId: HostId): Promise<HostFence | null> {
    const row = await db.hostFence.findUnique({ where: { hostId } });
    return row && toFence(row);
  },

  /** The host has been seen, in this boot (null: it does not tell): a fence that is in force ends. */
  async seen(hostId: HostId, bootId: string | null): Promise<void> {
    await withEvents(db, async (tx, tell) => {
      const { name } = await lockHost(tx, hostId);
      const row = await tx.hostFence.findUnique({ where: { hostId } });
      if (row === null || row.endedAt !== null) return;
      const endReason = reasonOf(row.bootId, bootId);
      await tx.hostFence.update({ where: { hostId }, data: { endedAt: new Date(), endReason } });
      tell({ kind: "host.changed", hostId, data: { name, fenced: false, reason: fenceEndWords[endReason] } });
    });
  },
});

function reasonOf(fenced: string, seen: string | null): FenceEnd {
  if (seen === null) return "answers";
  return seen === fenced ? "never-dead" : "restarted";
}

/** Throws HOST_NOT_FENCED or FENCE_ENDED unless a fence of the host's last boot is in force. The host's row stays locked until the transaction ends. */
export async function requireFence(tx: Transaction, hostId: string): Promise<void> {
  const { name, bootId } = await lockHost(tx, hostId);
  const row = await tx.hostFence.findUnique({ where: { hostId } });
  if (row === null) throw fail("HOST_NOT_FENCED", { host: name });
  const { endReason } = toFence(row);
  if (endReason !== null) throw fail("FENCE_ENDED", { host: name, reason: fenceEndWords[endReason] });
  if (row.bootId !== bootId) throw fail("FENCE_ENDED", { host: name, reason: fenceEndWords.restarted });
}

const toFence = ({ hostId: _host, ...row }: FenceRow): HostFence => ({
  ...row,
  method: row.method as FenceMethod,
  endReason: row.endReason as FenceEnd | null,
});

/** Whoever enters, ends or relies on a fence holds this lock, so one of them comes first. */
async function lockHost(tx: Transaction, id: string): Promise<{ name: string; bootId: string | null }> {
  const rows = await tx.$queryRaw<{ name: string; bootId: NonNullable<HostFacts["bootId"]> | null }[]>`
    SELECT name, facts->>'bootId' AS "bootId" FROM hosts WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const row = rows[0];
  if (row === undefined) throw fail("HOST_NOT_FOUND", { id });
  return row;
}
