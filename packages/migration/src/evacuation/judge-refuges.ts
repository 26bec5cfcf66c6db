import { stops } from "@ferry/core";
import { lookAtCandidates } from "../check/look-at-candidates.ts";
import { makeMovePlan } from "../check/make-move-plan.ts";
import type { CandidateVerdict } from "../check/verdict.ts";
import type { MigrationPorts } from "../ports.ts";
import { askRefuge } from "./ask-refuge.ts";
import { judgeEvacuation } from "./checks.ts";
import { findDisks, pathsOf, provenPaths } from "./find-disks.ts";
import { recallSource } from "./recall-source.ts";

/** Judges the named host, or every usable one, best first, as a place for a guest of a dead host. Reads only. */
export async function* judgeRefuges(ports: MigrationPorts): AsyncGenerator<CandidateVerdict> {
  const order = await ports.store.order();
  const { hypervisor } = await ports.hosts.host(order.sourceHostId);
  const [kept, presence, candidates] = await Promise.all([ports.store.recall(), hypervisor.presence(), lookAtCandidates(order, ports)]);
  const recalled = await recallSource(order, kept, ports);
  const { reservedMemoryMiB, firstTransferPort } = ports.settings;
  for (const candidate of candidates) {
    const destination = await askRefuge(candidate, recalled, ports);
    const { volumes } = destination;
    const refuge = { id: candidate.record.id, bootId: candidate.facts?.bootId ?? null, volumes };
    const sharedPaths = provenPaths(pathsOf(recalled), kept, refuge);
    const source = { ...recalled, disks: findDisks(recalled, volumes, sharedPaths) };
    const facts = { order, source, destination: { ...destination, sharedPaths }, reservedMemoryMiB, firstTransferPort };
    const results = judgeEvacuation({ ...facts, presence, fence: kept.fence, guarded: kept.guard !== null });
    yield {
      hostId: candidate.record.id,
      host: destination.record.name,
      results,
      plan: results.some(stops) ? null : makeMovePlan(facts),
      virsh: null,
    };
  }
}
