import { type FerryError, fail, isFerryError, type TransferOutcome, type TransferRequest, type Whereabouts } from "@ferry/core";
import { PivotNotReached, type Step, type StepContext } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import type { MovePlan } from "../move-plan.ts";
import type { MigrationPorts } from "../ports.ts";
import { grantPeerAccess } from "../setup/grant-peer-access.ts";
import { followJob } from "./follow-job.ts";
import { type Look, lookAtBoth } from "./look-at-both.ts";
import { transferRequest } from "./transfer-request.ts";
import { watchProgress } from "./watch-progress.ts";

const LOOK_AGAIN_MS = 250;

type Context = StepContext<MigrationPorts>;

/** Why the guest did not move, and whether the driver has proven that no copy of it is active at the destination. */
interface Stay {
  readonly reason: FerryError;
  readonly proven: boolean;
}

/**
 * The point of no return. Done means: the destination was seen to run the guest; from here on only forward. `PivotNotReached` means: the source
 * was seen to have it and no copy is active. Anything else is not known, and nothing is concluded. The transfer is started once; a repetition
 * after a crash first asks both hosts, watches a job that is still under way, and repairs a guest that was left paused at the source.
 */
export const transferGuest: Step<MigrationPorts, null> = {
  name: "transfer-guest",
  phase: "migrate",
  pivot: true,
  run: async (context) => {
    const plan = context.outputOf(checkConditions);
    if (context.attempt > 1) await findOut(plan, context, { reason: interrupted, proven: false });
    else await startTransfer(plan, context);
    return null;
  },
  undo: { none: "it fails only after it has proven that the source has the guest and no copy is active" },
};

const interrupted = fail("TRANSFER_FAILED", { reason: "it was interrupted and libvirt took it back" });

async function startTransfer(plan: MovePlan, context: Context): Promise<void> {
  const { ports, signal } = context;
  const request = await prepared(plan, context);
  if (signal.aborted) throw new PivotNotReached(fail("ABORTED"));
  await ports.store.confirmLease();
  const run = () => ports.hosts.transfer.run(request, plan.sourceId, plan.destinationId, signal);
  const outcome = await watchProgress(plan, ports, () => run().catch(asUnknown));
  if (outcome.kind !== "handed-over") await findOut(plan, context, stayOf(outcome));
}

/** Nothing has been started while the request is put together: a failure here leaves the guest where it is. */
async function prepared(plan: MovePlan, context: Context): Promise<TransferRequest> {
  try {
    return await transferRequest(plan, context.outputOf(grantPeerAccess), context.ports);
  } catch (error) {
    throw error instanceof Error ? new PivotNotReached(error) : error;
  }
}

/** An error of the driver says nothing about the guest. */
function asUnknown(error: unknown): TransferOutcome {
  if (!isFerryError(error)) throw error;
  return { kind: "unknown", reason: error.message };
}

function stayOf(outcome: Exclude<TransferOutcome, { kind: "handed-over" }>): Stay {
  const aborted = outcome.kind === "stayed" && outcome.aborted;
  return { reason: aborted ? fail("ABORTED") : fail("TRANSFER_FAILED", { reason: outcome.reason }), proven: outcome.kind === "stayed" };
}

/**
 * Asks both hosts until the truth is plain: returns when the destination has the guest, throws `PivotNotReached` when the source has, and
 * WHEREABOUTS_UNKNOWN when `askAgainForMs` have passed without an answer. A job under way is followed to its end, however long that takes.
 */
async function findOut(plan: MovePlan, context: Context, stay: Stay): Promise<void> {
  const { clock, settings } = context.ports;
  let deadline = clock.now() + settings.askAgainForMs;
  for (;;) {
    const look = await lookAtBoth(plan, context.ports, stay.proven);
    if (look.where === "at-destination" || look.where === "leftover-at-source") return;
    const isLate = clock.now() >= deadline;
    await settle(look, isLate, plan, context, stay);
    if (look.where === "copying") deadline = clock.now() + settings.askAgainForMs;
    else if (isLate) throw fail("WHEREABOUTS_UNKNOWN", { reason: explanations[look.where] });
    await clock.sleep(LOOK_AGAIN_MS);
  }
}

/** Throws when the guest is the source's for good; else does what helps to find out, and returns to ask again. */
async function settle(look: Look, isLate: boolean, plan: MovePlan, context: Context, { reason }: Stay): Promise<void> {
  const { hosts } = context.ports;
  switch (look.where) {
    case "copying":
    case "unknown":
      return followJob(look, plan, context);
    case "stranded-at-source":
      return (await hosts.host(plan.sourceId)).hypervisor.resume(plan.guest.uuid);
    case "at-source":
      if (look.fadingAtDestination && !isLate) return;
      throw new PivotNotReached(context.signal.aborted ? fail("ABORTED") : reason);
    case "crashed-at-source":
    case "stopped-at-source":
      throw new PivotNotReached(fail("GUEST_ENDED", { host: (await hosts.host(plan.sourceId)).address.name }));
    default:
      return;
  }
}

/** What is still not known when the time to ask is over. */
const explanations: Record<Exclude<Whereabouts, "at-destination" | "leftover-at-source">, string> = {
  "at-source": "the source runs it and the destination still holds a copy",
  copying: "it is still being copied",
  switching: "the handover does not end",
  "stranded-at-source": "it is paused at the source and does not continue",
  "post-copy": "it is split between both hosts (post-copy); touch neither",
  "crashed-at-source": "it ended at the source",
  "stopped-at-source": "it was stopped at the source",
  split: "it runs on both hosts; end the one with the older disk by hand",
  gone: "neither host has it any more",
  unknown: "a host does not answer",
};
