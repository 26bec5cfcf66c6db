import { type DiskProgress, fail, type HostPorts } from "@ferry/core";
import type { Step, StepContext } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import { copies, type MovePlan } from "../move-plan.ts";
import type { MigrationPorts } from "../ports.ts";
import { type ContentCopy, copyContent } from "./copy-content.ts";
import { notePower, powerNow } from "./note-power.ts";
import { poolAt } from "./pool-at.ts";
import { statePlaceOf } from "./saved-state.ts";

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
    const copied: Record<string, CopiedDisks[string]> = {};
    for (const disk of copies(plan)) {
      const place = {
        from: disk.sourcePath,
        sourcePool: await poolAt(source, disk.sourcePath),
        to: disk.path,
        pool: disk.pool,
        name: disk.name,
      };
      copied[disk.target] = await copyOne(disk.target, place, { source, destination }, context);
    }
    if (plan.mode === "saved" && outputOf(notePower).power !== "off") {
      const state = await copyState(plan, { source, destination }, context);
      if (state) copied["memory"] = state;
    }
    return copied;
  },
  undo: async (context) => forgetState(context),
};

interface Sides {
  readonly source: HostPorts;
  readonly destination: HostPorts;
}

async function copyOne(target: string, copy: ContentCopy, sides: Sides, { ports, signal }: Context) {
  return copyContent(copy, { ...sides, signal, onBytes: reporter(target, ports) });
}

/** On shared storage the file that the source has written is there already; its name carries the migration's id, so nobody else's can be meant: null. */
async function copyState(plan: MovePlan, sides: Sides, context: Context): Promise<CopiedDisks[string] | null> {
  const { ports } = context;
  const place = statePlaceOf(plan);
  const thing = { hostId: plan.destinationId, kind: "saved-state", key: place.path } as const;
  await sides.destination.storage.refreshPool(place.pool);
  const known = await ports.ledger.find(thing.hostId, thing.kind, thing.key);
  if (!known && (await sides.destination.storage.volumeAt(place.path))) return null;
  await ports.ledger.begin({ ...thing, migrationId: ports.migrationId });
  const { sourcePath: from, sourcePool, path: to, pool, name } = place;
  const copied = await copyOne("memory", { from, sourcePool, to, pool, name }, sides, context);
  await ports.ledger.made(thing);
  return copied;
}

/** Deletes the state's copy at the destination, never the source's, from which the guest is continued. */
async function forgetState({ ports, outputIfDone }: Context): Promise<void> {
  const plan = outputIfDone(checkConditions);
  if (!plan?.state) return;
  const thing = { hostId: plan.destinationId, kind: "saved-state", key: plan.state.path } as const;
  const known = await ports.ledger.find(thing.hostId, thing.kind, thing.key);
  if (known?.migrationId !== ports.migrationId) return;
  await (await ports.hosts.host(plan.destinationId)).storage.deleteVolume(plan.state.path);
  await ports.ledger.forget(thing);
}

/** Tells listeners at most as often as statistics are read; nothing of it is stored. */
function reporter(target: string, { clock, events, migrationId, settings }: MigrationPorts): (done: number, total: number) => void {
  let toldAt = 0;
  return (doneBytes, totalBytes) => {
    const now = clock.now();
    if (now - toldAt < settings.statisticsEveryMs && doneBytes < totalBytes) return;
    toldAt = now;
    const disk: DiskProgress = { target, totalBytes, doneBytes, ready: doneBytes === totalBytes };
    events.progress(migrationId, {
      phase: "migrate",
      step: "copy-disks",
      memoryTotalBytes: null,
      memoryProcessedBytes: null,
      memoryRemainingBytes: null,
      diskTotalBytes: totalBytes,
      diskProcessedBytes: doneBytes,
      diskRemainingBytes: totalBytes - doneBytes,
      bytesPerSecond: null,
      remainingMs: null,
      iteration: null,
      disks: [disk],
    });
  };
}
