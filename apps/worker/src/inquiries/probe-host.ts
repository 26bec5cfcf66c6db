import type { InquiryAnswer, InquiryInput } from "@ferry/core";
import type { Worker } from "../dependencies.ts";
import { refreshHost } from "../hosts/refresh-host.ts";

/** First look at a host that was just added: its facts and guests go into the record. */
export async function probeHost({ hostId }: InquiryInput<"probe-host">, worker: Worker): Promise<InquiryAnswer<"probe-host">> {
  const { guests } = await refreshHost(hostId, worker);
  return { servers: guests };
}
