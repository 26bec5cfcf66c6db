import type { StepContext } from "@ferry/engine";
import type { MovePlan } from "../move-plan.ts";
import type { MigrationPorts } from "../ports.ts";
import { type Look, lookAtBoth } from "./look-at-both.ts";
import { watchProgress } from "./watch-progress.ts";

const LOOK_AGAIN_MS = 250;

/**
 * A job that survived its worker, or that outlives its call, is watched to its end, with progress; a wish to abort is passed on to it, and it is
 * given up when the link between the hosts is cut. While the destination is silent nothing is watched or concluded, but an abort still reaches
 * the source.
 */
export async function followJob(look: Look, plan: MovePlan, context: StepContext<MigrationPorts>): Promise<void> {
  const { ports, signal } = context;
  if (look.where !== "copying") {
    if (signal.aborted && look.jobWithoutDestination) await abort(plan, ports, false);
    return;
  }
  await watchProgress(plan, ports, () => guarded(plan, ports, () => untilCopied(plan, context)));
}

async function untilCopied(plan: MovePlan, { ports, signal }: StepContext<MigrationPorts>): Promise<void> {
  let reachable: boolean | null = null;
  do {
    if (signal.aborted) {
      reachable = reachable === null ? await isReachable(plan, ports) : true;
      await abort(plan, ports, reachable);
    }
    await ports.clock.sleep(LOOK_AGAIN_MS);
  } while ((await lookAtBoth(plan, ports, false)).where === "copying");
}

/** A direct transfer needs no guard: the hosts end it themselves when nobody leads it. A guard that fails is made up for by the next look. */
async function guarded(plan: MovePlan, ports: MigrationPorts, work: () => Promise<void>): Promise<void> {
  if (plan.transport !== "p2p") return await work();
  const over = new AbortController();
  const move = { source: plan.sourceId, destination: plan.destinationId, uuid: plan.guest.uuid };
  const guard = Promise.allSettled([ports.hosts.transfer.endWhenOutOfReach(move, over.signal)]);
  try {
    await work();
  } finally {
    over.abort();
    await guard;
  }
}

/** libvirt refuses an abort while a job begins, so it is repeated; whether it came in time only the next looks tell, not its answer. */
async function abort(plan: MovePlan, ports: MigrationPorts, destinationReachable: boolean): Promise<void> {
  await Promise.allSettled([ports.hosts.transfer.abort(plan.sourceId, plan.guest.uuid, { destinationReachable })]);
}

/** Whether the source gets an answer from the destination: with the link cut, an abort alone would wait for minutes. Only silence counts as no. */
async function isReachable(plan: MovePlan, { hosts, settings }: MigrationPorts): Promise<boolean> {
  const [source, destination] = await Promise.all([hosts.host(plan.sourceId), hosts.host(plan.destinationId)]);
  const { migrationAddress, port } = destination.address;
  const [reach] = await Promise.allSettled([source.peerAccess.reach(migrationAddress, port, settings.reachDeadlineMs)]);
  return reach.status === "rejected" || reach.value !== "silent";
}
