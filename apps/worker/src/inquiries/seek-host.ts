import type { InquiryAnswer, InquiryInput } from "@ferry/core";
import type { Worker } from "../dependencies.ts";

/** Looks whether a host is silent, as a dead one is. */
export async function seekHost(
  { hostId }: InquiryInput<"seek-host">,
  { hosts }: Pick<Worker, "hosts">,
): Promise<InquiryAnswer<"seek-host">> {
  return await (await hosts.host(hostId)).hypervisor.presence();
}
