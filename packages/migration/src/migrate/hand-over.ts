import { fail, type GuestDefinition, type GuestObservation, type GuestPower, type HostPorts, hasCode } from "@ferry/core";
import { PivotNotReached, type Step, type StepContext } from "@ferry/engine";
import { type DomainSize, destinationDomain, resizedDomain } from "@ferry/libvirt-xml";
import { checkConditions } from "../check/check-conditions.ts";
import { occupied } from "../made-things.ts";
import type { MovePlan, ResizePlan } from "../move-plan.ts";
import { placesThere } from "../policy/disk-places.ts";
import type { MigrationPorts } from "../ports.ts";
import { askBoth } from "./ask-both.ts";
import { type DiskMarks, readMarks, usedMeanwhile, writtenSince } from "./disk-marks.ts";
import { notePower, powerOf } from "./note-power.ts";
import { holdFromFile, statePlaceOf } from "./saved-state.ts";
import { stopAtSource } from "./stop-at-source.ts";

type Context = StepContext<MigrationPorts>;

/** One try to hand the guest over. */
interface HandOver {
  readonly plan: MovePlan;
  /** What the guest did before it was stopped. */
  readonly power: GuestPower;
  readonly source: HostPorts;
  readonly destination: HostPorts;
  readonly ports: MigrationPorts;
}

/**
 * The point of no return of a move that is not live. Done means: the destination defines the guest and, if it ran before, holds it at its next
 * instruction, so that nothing is missing there; the source has it off. `PivotNotReached` means: the destination was seen not to have it, and the
 * source is where it stays. A try that was broken off is repeated: nothing in it happens twice.
 */
export const handOver: Step<MigrationPorts, null> = {
  name: "hand-over",
  phase: "migrate",
  pivot: true,
  run: async (context) => {
    const { ports } = context;
    const plan = context.outputOf(checkConditions);
    const [source, destination] = await Promise.all([ports.hosts.host(plan.sourceId), ports.hosts.host(plan.destinationId)]);
    const move: HandOver = { plan, power: context.outputOf(notePower).power, source, destination, ports };
    if (await mayPlace(move, context)) await place(move).catch((error: unknown) => settle(move, error));
    return null;
  },
  undo: { none: "it fails only after it has proven that the destination does not have the guest" },
};

/** False when the source has nothing of it any more and the destination has it: done already. Throws when the guest stays at the source, or nobody knows. */
async function mayPlace(move: HandOver, { attempt, signal, ports, outputOf }: Context): Promise<boolean> {
  const isFirst = attempt === 1;
  if (isFirst && signal.aborted) throw new PivotNotReached(fail("ABORTED"));
  const seen = await askBoth(move.plan, ports);
  const silent = [seen.source, seen.destination].some((one) => one.kind === "unreachable");
  if (silent && isFirst) throw new PivotNotReached(fail("TRANSFER_FAILED", { reason: "a host does not answer any more" }));
  if (silent) throw fail("WHEREABOUTS_UNKNOWN", { reason: "a host does not answer" });
  if (isFirst && seen.destination.kind === "present")
    throw new PivotNotReached(occupied(move.destination.address.name, `a guest ${move.plan.guest.name}`));
  if (seen.source.kind === "absent") return requireThere(move, seen.destination);
  if (powerOf(seen.source) === "off") return await requireUnused(move, outputOf(stopAtSource).disks ?? {});
  throw await withdrawn(move, fail("TRANSFER_FAILED", { reason: "the server was started at its source while it was being moved" }));
}

/** A start and a stop since the copy leave no other trace than on the disks. */
async function requireUnused(move: HandOver, before: DiskMarks): Promise<true> {
  const target = writtenSince(before, await readMarks(move.plan, move.source));
  if (target !== null) throw await withdrawn(move, usedMeanwhile(target));
  return true;
}

function requireThere({ source }: HandOver, seen: GuestObservation): false {
  if (seen.kind === "present" && seen.persistent) return false;
  throw new PivotNotReached(fail("GUEST_ENDED", { host: source.address.name }));
}

async function place(move: HandOver): Promise<void> {
  const { plan, power, source, destination, ports } = move;
  const document = await source.hypervisor.document(plan.guest.uuid, "persistent");
  if (!document) throw fail("GUEST_ENDED", { host: source.address.name });
  requireKnownDisks(plan, document.definition);
  await ports.store.confirmLease();
  const moved = destinationDomain(document.xml, placesThere(plan, document.definition, destination.address.migrationAddress));
  const xml = plan.resize ? resizedDomain(moved, newSize(plan.resize)) : moved;
  await destination.hypervisor.define(xml);
  if (power === "off") return;
  if (plan.mode === "saved") await holdSaved(move);
  else await destination.hypervisor.start(plan.guest.uuid, { paused: true });
  if (!isHeld(await destination.hypervisor.observe(plan.guest.uuid)))
    throw fail("TRANSFER_FAILED", { reason: `the server ended on ${destination.address.name} before its first instruction` });
}

/** All of its memory and processors from its start on. */
function newSize({ memoryMiB, vcpus }: ResizePlan): DomainSize {
  const memoryKiB = memoryMiB * 1024;
  return { memoryKiB, currentMemoryKiB: memoryKiB, vcpus, currentVcpus: null };
}

/** The state's own definition goes with it, since the guest goes on with exactly the devices it was saved with. */
async function holdSaved({ plan, power, destination }: HandOver): Promise<void> {
  const { path, pool } = statePlaceOf(plan);
  await destination.storage.refreshPool(pool);
  const { migrationAddress } = destination.address;
  await holdFromFile(destination, { uuid: plan.guest.uuid, path, power }, (xml) =>
    destinationDomain(xml, placesThere(plan, null, migrationAddress)),
  );
}

/** A disk that came into the definition after the checks was not prepared: at the destination it would be another file, or none. */
export function requireKnownDisks(plan: MovePlan, definition: GuestDefinition): void {
  const known = new Set(plan.disks.map((disk) => disk.target));
  const strange = definition.disks.find((disk) => disk.source.type !== "none" && !known.has(disk.target));
  if (strange) throw fail("TRANSFER_FAILED", { reason: `the server's definition has disk ${strange.target} since it was checked` });
}

/** What a failed try has left: an answer that was lost is no failure; else the guest is taken from the destination again, if it tells. */
async function settle(move: HandOver, error: unknown): Promise<void> {
  if (hasCode(error, "STEP_FENCED") || !(error instanceof Error)) throw error;
  const seen = await move.destination.hypervisor.observe(move.plan.guest.uuid);
  if (seen.kind === "unreachable") throw error;
  const isThere = seen.kind === "present" && seen.persistent && (move.power === "off" || isHeld(seen));
  if (!isThere) throw await withdrawn(move, error);
}

const isHeld = (seen: GuestObservation): boolean => powerOf(seen) === "paused" || powerOf(seen) === "running";

/** Takes back what the destination has, which has not executed yet, and says why. Throws when it does execute: then a person must decide. */
async function withdrawn({ plan, destination }: HandOver, reason: Error): Promise<PivotNotReached> {
  const seen = await destination.hypervisor.observe(plan.guest.uuid);
  if (powerOf(seen) === "running")
    throw fail("WHEREABOUTS_UNKNOWN", { reason: "it runs on both hosts; end the one with the older disk by hand" });
  if (powerOf(seen) === "paused") await destination.hypervisor.destroy(plan.guest.uuid);
  await destination.hypervisor.undefine(plan.guest.uuid);
  return new PivotNotReached(reason);
}
