import { fail, stops } from "@ferry/core";
import type { Step } from "@ferry/engine";
import { judgeRefuges } from "../evacuation/judge-refuges.ts";
import type { MoveFacts } from "../facts.ts";
import { undoArtifacts } from "../made-things.ts";
import type { MovePlan } from "../move-plan.ts";
import { virshLine } from "../policy/virsh-line.ts";
import type { CheckPorts, MigrationPorts } from "../ports.ts";
import { firstObstacle, judgeAll } from "./all-checks.ts";
import { gatherDestination } from "./gather-destination.ts";
import { gatherSource } from "./gather-source.ts";
import { lookAtCandidates } from "./look-at-candidates.ts";
import { makeMovePlan } from "./make-move-plan.ts";
import type { CandidateVerdict } from "./verdict.ts";

/** Judges the named host, or every usable one, best first; reads only (but for a marker file when storage looks shared). */
export async function* judgeCandidates(ports: CheckPorts): AsyncGenerator<CandidateVerdict> {
  const order = await ports.store.order();
  const [source, candidates] = await Promise.all([gatherSource(order, ports), lookAtCandidates(order, ports)]);
  const { reservedMemoryMiB, firstTransferPort } = ports.settings;
  for (const candidate of candidates) {
    const destination = await gatherDestination(candidate, source, ports);
    const facts: MoveFacts = { order, source, destination, reservedMemoryMiB, firstTransferPort };
    const results = judgeAll(facts);
    const plan = results.some(stops) ? null : makeMovePlan(facts);
    const virsh = plan && virshLine(plan, order, destination.address);
    yield { hostId: candidate.record.id, host: destination.record.name, results, plan, virsh };
  }
}

/** Phase one of a migration: all checks, for one host after another until one passes; its decision is the plan of all later steps. */
export const checkConditions: Step<MigrationPorts, MovePlan> = {
  name: "check-conditions",
  phase: "check",
  run: async ({ ports, signal, attempt }) => {
    if (attempt > 1) await removeMarkers(ports);
    const refused: CandidateVerdict[] = [];
    for await (const verdict of await judgeFor(ports)) {
      const { plan, hostId, results, virsh } = verdict;
      if (plan && !signal.aborted) {
        await ports.store.setChoice({ hostId, transport: plan.transport, checks: results, virsh });
        return plan;
      }
      await ports.store.setChecks(results);
      if (signal.aborted) throw fail("ABORTED");
      refused.push(verdict);
    }
    throw refusal((await ports.store.order()).requestedHostId !== null, refused);
  },
  undo: async ({ ports }) => removeMarkers(ports),
};

/** Of a guest on a dead host only the record can tell. */
const judgeFor = async (ports: MigrationPorts): Promise<AsyncGenerator<CandidateVerdict>> =>
  (await ports.store.order()).mode === "evacuate" ? judgeRefuges(ports) : judgeCandidates(ports);

/** In this phase the only volumes of the migration are markers of storage that looked shared; each is gone already unless its worker died. */
const removeMarkers = (ports: MigrationPorts): Promise<void> =>
  undoArtifacts(ports, "volume", async ({ storage }, path) => storage.deleteVolume(path));

function refusal(named: boolean, refused: readonly CandidateVerdict[]): Error {
  const reasons = refused.map((verdict) => ({ host: verdict.host, reason: firstObstacle(verdict.results)?.sentence ?? "" }));
  const [only] = reasons;
  if (!only) return fail("NO_VALID_HOST", { reason: "There are not enough hosts available." });
  if (named) return fail("CHECKS_REFUSED", { reason: only.reason });
  if (reasons.every(({ reason }) => reason === only.reason)) return fail("NO_VALID_HOST", { reason: only.reason });
  return fail("NO_VALID_HOST", { reason: reasons.map(({ host, reason }) => `${host}: ${reason}`).join(" ") });
}
