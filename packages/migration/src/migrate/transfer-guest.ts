import { type FerryError, fail, type TransferOutcome, type Whereabouts, whereabouts } from "@ferry/core";
import { PivotNotReached, type Step, type StepContext } from "@ferry/engine";
import { checkConditions } from "../check/check-conditions.ts";
import type { MovePlan } from "../move-plan.ts";
import type { MigrationPorts } from "../ports.ts";
import { grantPeerAccess } from "../setup/grant-peer-access.ts";
import { askBoth } from "./ask-both.ts";
import { transferRequest } from "./transfer-request.ts";
import { watchProgress } from "./watch-progress.ts";

const LOOK_AGAIN_MS = 250;

type Context = StepContext<MigrationPorts>;

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
    if (context.attempt === 1) await startTransfer(plan, context);
    else await findOut(plan, context, fail("TRANSFER_FAILED", { reason: "ferry's worker died and libvirt took the transfer back" }));
    return null;
  },
  undo: { none: "it fails only after it has proven that the source has the guest and no copy is active" },
};

async function startTransfer(plan: MovePlan, context: Context): Promise<void> {
  const { ports, signal } = context;
  if (signal.aborted) throw new PivotNotReached(fail("ABORTED"));
  const request = await transferRequest(plan, context.outputOf(grantPeerAccess), ports);
  const outcome = await watchProgress(plan, ports, () => ports.hosts.transfer.run(request, plan.sourceId, plan.destinationId, signal));
  if (outcome.kind !== "handed-over") await findOut(plan, context, reasonOf(outcome));
}

function reasonOf(outcome: Exclude<TransferOutcome, { kind: "handed-over" }>): FerryError {
  if (outcome.kind === "stayed" && outcome.aborted) return fail("ABORTED");
  return fail("TRANSFER_FAILED", { reason: outcome.reason });
}

/** Asks both hosts until the truth is plain: returns when the destination has the guest, throws `PivotNotReached(reason)` when the source has. */
async function findOut(plan: MovePlan, context: Context, reason: FerryError): Promise<void> {
  const { clock, settings } = context.ports;
  const deadline = clock.now() + settings.askAgainForMs;
  let where = await look(plan, context);
  while (where !== "at-destination" && where !== "leftover-at-source") {
    if (where === "copying") await followJob(plan, context);
    else await settleAt(where, plan, context, reason);
    if (where !== "copying" && clock.now() > deadline) throw fail("WHEREABOUTS_UNKNOWN", { reason: explain(where) });
    await clock.sleep(LOOK_AGAIN_MS);
    where = await look(plan, context);
  }
}

async function look(plan: MovePlan, { ports }: Context): Promise<Whereabouts> {
  const { source, destination } = await askBoth(plan, ports);
  return whereabouts(source, destination);
}

/** A job that survived its worker is watched to its end, with progress; a wish to abort is passed on to it. */
async function followJob(plan: MovePlan, context: Context): Promise<void> {
  const { ports, signal } = context;
  await watchProgress(plan, ports, async () => {
    let asked = false;
    while ((await look(plan, context)) === "copying") {
      if (signal.aborted && !asked) await ports.hosts.transfer.abort(plan.sourceId, plan.guest.uuid, { destinationReachable: true });
      asked ||= signal.aborted;
      await ports.clock.sleep(LOOK_AGAIN_MS);
    }
  });
}

/** Throws when the guest is the source's for good; returns when it is worth asking again. */
async function settleAt(where: Whereabouts, plan: MovePlan, context: Context, reason: FerryError): Promise<void> {
  const { ports, signal } = context;
  const { hypervisor, address } = await ports.hosts.host(plan.sourceId);
  switch (where) {
    case "stranded-at-source":
      await hypervisor.resume(plan.guest.uuid);
      return;
    case "at-source":
      throw new PivotNotReached(signal.aborted ? fail("ABORTED") : reason);
    case "crashed-at-source":
    case "stopped-at-source":
      throw new PivotNotReached(fail("GUEST_ENDED", { host: address.name }));
    case "split":
      throw fail("WHEREABOUTS_UNKNOWN", { reason: "it runs on both hosts; end the one with the older disk by hand" });
    default:
      return;
  }
}

const explanations: Partial<Record<Whereabouts, string>> = {
  unknown: "a host does not answer",
  switching: "the handover does not end",
  gone: "neither host has it any more",
  "post-copy": "it is split between both hosts (post-copy); touch neither",
};
const explain = (where: Whereabouts): string => explanations[where] ?? where;
