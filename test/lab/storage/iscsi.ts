import { createHash } from "node:crypto";
import { execOn, tryExecOn } from "../host-exec.ts";
import type { Lab } from "../lab.ts";
import { withLock } from "../lock.ts";
import { ensureOptionalPackages } from "../packages.ts";
import { waitFor } from "../processes.ts";
import { ensureStorageServer, type StorageServer } from "./server.ts";

/** The port of both portals. */
export const ISCSI_PORT = 3260;
/** Of each target. LUN 0 is tgt's controller. */
export const ISCSI_LUN = 1;

const PREFIX = "iqn.2026-11.test.lab:";
const START_TIMEOUT_MS = 30_000;
const ADMIN = ["tgtadm", "--lld", "iscsi"];

/** Brings up the iSCSI server: tgt, in userspace, listening on both portals. */
export async function ensureIscsi(lab: Lab): Promise<StorageServer> {
  await ensureOptionalPackages("iscsi");
  return await ensureStorageServer(lab, startIscsi);
}

/** The iSCSI name of a disk's target. @throws Error when the disk's name holds what such names cannot. */
export function targetName(stem: string): string {
  if (/^[a-z0-9.-]+$/.test(stem)) return `${PREFIX}${stem}`;
  throw new Error(
    `Cannot make an iSCSI target for "${stem}": such a name holds only lower-case letters, digits, dots and dashes; rename the guest.`,
  );
}

/** An empty LUN of its own target, as a server room has them ready: who may use it, and how, is for others to say. */
export interface SpareLun {
  readonly portal: string;
  readonly port: number;
  readonly target: string;
  readonly lun: number;
}

/** Offers a new empty LUN of that size through both portals. */
export async function createSpareLun(lab: Lab, stem: string, mib: number): Promise<SpareLun> {
  const server = await ensureIscsi(lab);
  const path = `/srv/iscsi/${stem}.raw`;
  await execOn(server, ["truncate", "-s", `${mib}M`, path]);
  await createTarget(lab, server, stem, path);
  return { portal: server.portals[0], port: ISCSI_PORT, target: targetName(stem), lun: ISCSI_LUN };
}

/** Offers a file of the server to whoever asks, through both portals, as LUN 1 of the target. */
export async function createTarget(lab: Lab, server: StorageServer, stem: string, path: string): Promise<void> {
  await withLock(lab.config.name, () => addTarget(server, stem, path));
}

async function addTarget(server: StorageServer, stem: string, path: string): Promise<void> {
  const id = String(Math.max(0, ...(await targets(server)).keys()) + 1);
  const admin = (mode: string, ...args: string[]): Promise<string> => execOn(server, [...ADMIN, "--mode", mode, "--tid", id, ...args]);
  const lun = ["--lun", String(ISCSI_LUN)];
  await admin("target", "--op", "new", "--targetname", targetName(stem));
  await admin("logicalunit", "--op", "new", ...lun, "--backing-store", path);
  await admin("logicalunit", "--op", "update", ...lun, "--params", `scsi_sn=${serial(stem)},vendor_id=LAB,product_id=DISK`);
  await admin("target", "--op", "bind", "--initiator-address", "ALL");
}

/** Withdraws a target, also from who uses it; nothing when there is none or the server is down. */
export async function deleteTarget(server: Pick<StorageServer, "init">, stem: string): Promise<void> {
  for (const [id, name] of await targets(server)) {
    if (name === `${PREFIX}${stem}`) await execOn(server, [...ADMIN, "--mode", "target", "--op", "delete", "--force", "--tid", String(id)]);
  }
}

async function startIscsi(server: StorageServer): Promise<void> {
  if (await answers(server)) return;
  await execOn(server, ["mkdir", "-p", "/run/tgtd"]);
  await execOn(server, ["tgtd"]);
  await waitFor(() => answers(server), "the iSCSI server to answer", START_TIMEOUT_MS);
}

async function answers(server: Pick<StorageServer, "init">): Promise<boolean> {
  return (await tryExecOn(server, [...ADMIN, "--mode", "sys", "--op", "show"])).code === 0;
}

/** Names of the targets by their ids. */
async function targets(server: Pick<StorageServer, "init">): Promise<Map<number, string>> {
  const { stdout } = await tryExecOn(server, [...ADMIN, "--mode", "target", "--op", "show"]);
  return new Map([...stdout.matchAll(/^Target (\d+): (.*)$/gm)].map(([, id, name = ""]) => [Number(id), name]));
}

function serial(stem: string): string {
  return createHash("sha256").update(stem).digest("hex").slice(0, 16);
}
