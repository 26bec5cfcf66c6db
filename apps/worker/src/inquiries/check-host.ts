import { type CheckResult, type HostFacts, hasCode, type InquiryAnswer, type InquiryInput, isFerryError } from "@ferry/core";
import type { Worker } from "../dependencies.ts";
import { judgeHost } from "../hosts/judge-host.ts";
import { refreshHost } from "../hosts/refresh-host.ts";

/**
 * A fresh look at a host, told as checks with remedies. A host that does not answer is a finding, not an error. One that answers with its pinned
 * key again leaves quarantine: somebody has looked after it.
 */
export async function checkHost({ hostId }: InquiryInput<"check-host">, worker: Worker): Promise<InquiryAnswer<"check-host">> {
  const host = await worker.hosts.hostAnew(hostId);
  try {
    const [{ facts }, peerSource, peerDestination] = await Promise.all([
      refreshHost(hostId, worker),
      host.peerAccess.canPeer("source"),
      host.peerAccess.canPeer("destination"),
    ]);
    await worker.store.hosts.setState(hostId, "up");
    return { results: [reached(host.address.name, facts), ...judgeHost(host.address.name, facts, { peerSource, peerDestination })] };
  } catch (error) {
    if (!isFerryError(error)) throw error;
    await worker.store.hosts.setState(hostId, hasCode(error, "HOST_KEY_CHANGED") ? "quarantined" : "down", error.message);
    return {
      results: [{ check: "reachable", verdict: "fail", sentence: error.message, remedy: "Follow the sentence, then check again." }],
    };
  }
}

const reached = (name: string, facts: HostFacts): CheckResult => ({
  check: "reachable",
  verdict: "pass",
  sentence: `${name} answers over SSH with its pinned key, and its libvirt over that connection (hostname ${facts.hostname}).`,
  remedy: null,
});
