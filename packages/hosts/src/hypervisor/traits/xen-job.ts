import type { JobStatus } from "@ferry/core";
import { type DomainHandle, domainStates, isOperationInvalid, jobTypes, type LibvirtConnection } from "@ferry/libvirt";
import { jobStatistics } from "../statistics.ts";

/**
 * The job on a Xen guest. libvirt tells that there is one and for how long, not of what kind, and forgets it at its end. A guest that is not yet
 * active can only be arriving; any other long job is taken for a transfer under way, the reading that changes nothing. A guest that has arrived and
 * waits for its start reads as `outgoing` too: it is not handed over while a job holds it.
 */
export async function readXenJob(connection: LibvirtConnection, dom: DomainHandle): Promise<JobStatus> {
  const job = await currentJob(connection, dom);
  if (!job || job.type === jobTypes.none) return { kind: "none" };
  const { state } = await connection.call("domainGetState", { dom, flags: 0 });
  return { kind: "running", operation: state === domainStates.shutoff ? "incoming" : "outgoing", statistics: jobStatistics(job.params) };
}

/** Null for a guest that is off. */
async function currentJob(connection: LibvirtConnection, dom: DomainHandle) {
  try {
    return await connection.call("domainGetJobStats", { dom, flags: 0 });
  } catch (error) {
    if (isOperationInvalid(error)) return null;
    throw error;
  }
}
