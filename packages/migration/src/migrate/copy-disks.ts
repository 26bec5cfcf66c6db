import { fail, type HostPorts } from "@ferry/core";
import type { Step, StepContext } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { copies, type MovePlan } from "../move-plan.ts";
import { copyProgress, type FileCount } from "../policy/copy-progress.ts";
import type { MigrationPorts } from "../ports.ts";
import { type ContentCopy, copyContent } from "./copy-content.ts";
import { requireUntouched } from "./disk-marks.ts";
import { notePower, powerNow } from "./note-power.ts";
import { poolAt } from "./pool-at.ts";
import { reportWhile } from "./report-while.ts";
import { statePlaceOf } from "./saved-state.ts";
import { stopAtSource } from "./stop-at-source.ts";

/** What was copied: checksum and length of each disk, by target; the saved state is `memory`. */
export type CopiedDisks = Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;

type Context = StepContext<MigrationPorts>;

/**
 * Copies the disks of the stopped guest, and its saved state if there is one, into the places that were made for them. A copy that was broken off
 * is made anew from its first byte; none is used before the step is done.
 */
export const copyDisks: Step<MigrationPorts, CopiedDisks> = {
  name: "copy-disks",
  phase: "migrate",
  run: async (context) => {
    const { ports, outputOf } = context;
    const plan = outputOf(checkConditions);
    const [source, destination] = await Promise.all([ports.hosts.host(plan.sourceId), ports.hosts.host(plan.destinationId)]);
    if ((await powerNow(source, plan.guest.uuid)) !== "off")
      throw fail("TRANSFER_FAILED", { reason: "the server was started at its source while its disks were being copied" });
    const sides = { source, destination };
    const state = await stateToCopy(context, sides);
    const files = new Map([...(await disksToCopy(plan, source)), ...(state ? [["memory", state] as const] : [])]);
    if (files.size === 0) return {};
    if (state) await ports.ledger.begin({ ...stateThing(plan), migrationId: ports.migrationId });
    const copied = await copyFiles(files, sides, context);
    await requireUntouched(plan, source, outputOf(stopAtSource).disks ?? {});
    if (state) await ports.ledger.made(stateThing(plan));
    return copied;
  },
  undo: async (context) => forgetState(context),
};

interface Sides {
  readonly source: HostPorts;
  readonly destination: HostPorts;
}

const stateThing = (plan: MovePlan) => ({ hostId: plan.destinationId, kind: "saved-state", key: statePlaceOf(plan).path }) as const;

async function disksToCopy(plan: MovePlan, source: HostPorts): Promise<[target: string, copy: ContentCopy][]> {
  const found: [string, ContentCopy][] = [];
  for (const { target, sourcePath: from, path: to, pool, name } of copies(plan)) {
    found.push([target, { from, sourcePool: await poolAt(source, from), to, pool, name }]);
  }
  return found;
}

/** On shared storage the file that the source has written is there already; its name carries the migration's id, so nobody else's can be meant: null. */
async function stateToCopy({ ports, outputOf }: Context, { destination }: Sides): Promise<ContentCopy | null> {
  const plan = outputOf(checkConditions);
  if (plan.mode !== "saved" || outputOf(notePower).power === "off") return null;
  const { sourcePath: from, sourcePool, path: to, pool, name } = statePlaceOf(plan);
  const { hostId, kind, key } = stateThing(plan);
  await destination.storage.refreshPool(pool);
  const known = await ports.ledger.find(hostId, kind, key);
  return !known && (await destination.storage.volumeAt(to)) ? null : { from, sourcePool, to, pool, name };
}

/** One file after the other; progress counts them all from the beginning, and what it has come to is written at the end. */
async function copyFiles(files: ReadonlyMap<string, ContentCopy>, sides: Sides, { ports, signal }: Context): Promise<CopiedDisks> {
  const counts = new Map<string, FileCount>();
  for (const [target, { from }] of files) {
    const totalBytes = (await sides.source.storage.volumeAt(from))?.fileBytes ?? 0;
    counts.set(target, { target, totalBytes, doneBytes: 0 });
  }
  const soFar = () => copyProgress({ phase: "migrate", step: "copy-disks" }, [...counts.values()]);
  const copied: Record<string, CopiedDisks[string]> = {};
  await reportWhile(ports, { read: async () => soFar(), memoryBytes: 0 }, async () => {
    for (const [target, copy] of files) {
      const onBytes = (doneBytes: number, totalBytes: number) => void counts.set(target, { target, totalBytes, doneBytes });
      copied[target] = await copyContent(copy, { ...sides, signal, onBytes });
    }
  });
  ports.events.progress(ports.migrationId, soFar());
  await ports.store.saveProgress(soFar());
  return copied;
}

/** Deletes the state's copy at the destination, never the source's, from which the guest is continued. */
async function forgetState({ ports, outputIfDone }: Context): Promise<void> {
  const plan = outputIfDone(checkConditions);
  if (!plan?.state) return;
  const thing = stateThing(plan);
  const known = await ports.ledger.find(thing.hostId, thing.kind, thing.key);
  if (known?.migrationId !== ports.migrationId) return;
  await (await ports.hosts.host(plan.destinationId)).storage.deleteVolume(plan.state.path);
  await ports.ledger.forget(thing);
}
