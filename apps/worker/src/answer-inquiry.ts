import { fail, type InquiryAnswer, type InquiryInput, type InquiryKind, isFerryError } from "@ferry/core";
import type { Worker } from "./dependencies.ts";
import { checkHost } from "./inquiries/check-host.ts";
import { definePool, removePool, switchPool } from "./inquiries/pools.ts";
import { preflight } from "./inquiries/preflight.ts";
import { probeHost } from "./inquiries/probe-host.ts";
import { readStatistics } from "./inquiries/read-statistics.ts";
import { scanOffered } from "./inquiries/scan-host-key.ts";
import { seekHost } from "./inquiries/seek-host.ts";
import { adoptVolume, createVolume, deleteVolume } from "./inquiries/volumes.ts";

type Answers = { readonly [K in InquiryKind]: (input: InquiryInput<K>, worker: Worker) => Promise<InquiryAnswer<K>> };

const answers: Answers = {
  "ssh-key": async (_input, { publicKey }) => ({ publicKey }),
  "scan-host-key": scanOffered,
  "probe-host": probeHost,
  "check-host": checkHost,
  "seek-host": seekHost,
  "read-statistics": readStatistics,
  "define-pool": definePool,
  "switch-pool": switchPool,
  "remove-pool": removePool,
  "create-volume": createVolume,
  "adopt-volume": adoptVolume,
  "delete-volume": deleteVolume,
  preflight,
};

/** One job: answers a question of the API, or records the sentence why it cannot be answered. */
export async function answerInquiry(id: string, worker: Worker): Promise<void> {
  const inquiry = await worker.store.inquiries.take(id);
  if (!inquiry) return;
  try {
    const answer = answers[inquiry.kind] as (input: unknown, worker: Worker) => Promise<unknown>;
    await worker.store.inquiries.answer(id, await answer(inquiry.input, worker));
  } catch (error) {
    const problem = isFerryError(error) ? error : fail("INTERNAL", {}, error);
    worker.log.warn({ inquiry: id, kind: inquiry.kind, err: error }, "an inquiry failed");
    await worker.store.inquiries.fail(id, problem.code, problem.message);
  }
}
