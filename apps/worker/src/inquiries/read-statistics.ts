import type { InquiryAnswer, InquiryInput } from "@ferry/core";
import type { Worker } from "../dependencies.ts";

/** What a guest has used, as its host counts it; null when the host has no such guest. */
export async function readStatistics(
  { serverId, hostId }: InquiryInput<"read-statistics">,
  { hosts }: Pick<Worker, "hosts">,
): Promise<InquiryAnswer<"read-statistics">> {
  return { statistics: await (await hosts.host(hostId)).hypervisor.statistics(serverId) };
}
